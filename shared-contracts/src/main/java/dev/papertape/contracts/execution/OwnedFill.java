package dev.papertape.contracts.execution;

import dev.papertape.contracts.execution.ExecutionEvent.OrderFilled;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One alpha's part of a fill as money: what its sub-position is booked with. All of a fill add up
 * to its quantity, its notional (Σ price · quantity over the levels) and its fee.
 *
 * @param quantity base units, &gt; 0
 * @param notional quote units
 * @param fee quote units, negative is a rebate
 */
public record OwnedFill(String alphaId, BigDecimal quantity, BigDecimal notional, BigDecimal fee) {

  /** Of a fill in a log from before there were several alphas, all is its order's alpha's. */
  public static List<OwnedFill> of(OrderFilled fill) {
    BigDecimal notional = BigDecimal.ZERO;
    for (FilledLevel level : fill.levels()) {
      notional = notional.add(level.price().multiply(level.quantity()));
    }
    if (fill.shares().isEmpty()) {
      return List.of(new OwnedFill(fill.alphaId(), fill.quantity(), notional, fill.fee()));
    }
    Map<String, BigDecimal> quantities = new TreeMap<>();
    fill.shares().forEach(share -> quantities.put(share.alphaId(), share.quantity()));
    Map<String, BigDecimal> notionals = Apportionment.ofMoney(notional, quantities);
    List<OwnedFill> owned = new ArrayList<>();
    for (FillShare share : fill.shares()) {
      BigDecimal part = notionals.getOrDefault(share.alphaId(), BigDecimal.ZERO);
      owned.add(new OwnedFill(share.alphaId(), share.quantity(), part, share.fee()));
    }
    return List.copyOf(owned);
  }
}
