package dev.papertape.command.execution;

import dev.papertape.contracts.execution.Allocation;
import dev.papertape.contracts.execution.Apportionment;
import dev.papertape.contracts.execution.ExecutionEvent.OrderAccepted;
import dev.papertape.contracts.execution.FillShare;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Whose the unfilled rest of an order is. Each fill goes to the owners in proportion to what they
 * still lack, so that a filled order has given each exactly its allocation. Immutable.
 *
 * @param left base units that have not filled, by alpha id
 */
public record OwnedRemainder(SortedMap<String, BigDecimal> left) {

  /** In logs from before there were several alphas, all is the intent's. */
  static OwnedRemainder of(OrderAccepted accepted) {
    SortedMap<String, BigDecimal> left = new TreeMap<>();
    if (accepted.allocations().isEmpty()) {
      left.put(accepted.intent().alphaId(), accepted.intent().quantity());
    }
    for (Allocation allocation : accepted.allocations()) {
      left.put(allocation.alphaId(), allocation.quantity());
    }
    return new OwnedRemainder(left);
  }

  /**
   * Shares of a fill.
   *
   * @param lot of the venue that filled; where what is left is finer, that
   */
  List<FillShare> shares(BigDecimal quantity, BigDecimal fee, BigDecimal lot) {
    BigDecimal unit = unit(quantity, lot);
    SortedMap<String, BigDecimal> quantities = Apportionment.of(quantity, unit, left);
    quantities.values().removeIf(share -> share.signum() == 0);
    SortedMap<String, BigDecimal> fees = Apportionment.ofMoney(fee, quantities);
    List<FillShare> shares = new ArrayList<>();
    quantities.forEach(
        (alphaId, share) ->
            shares.add(new FillShare(alphaId, share, fees.getOrDefault(alphaId, BigDecimal.ZERO))));
    return List.copyOf(shares);
  }

  /** A unit in which the fill and everything that is left are whole. */
  private BigDecimal unit(BigDecimal quantity, BigDecimal lot) {
    int decimals = Math.max(0, quantity.scale());
    boolean fits = isWhole(quantity, lot);
    for (BigDecimal each : left.values()) {
      decimals = Math.max(decimals, each.scale());
      fits &= isWhole(each, lot);
    }
    return fits ? lot : BigDecimal.ONE.movePointLeft(Math.max(decimals, lot.scale()));
  }

  private static boolean isWhole(BigDecimal quantity, BigDecimal lot) {
    return quantity.remainder(lot).signum() == 0;
  }

  /** After a fill; in logs from before there were shares, one owner had them all. */
  OwnedRemainder after(List<FillShare> shares) {
    SortedMap<String, BigDecimal> after = new TreeMap<>(left);
    for (FillShare share : shares) {
      after.computeIfPresent(share.alphaId(), (_, before) -> before.subtract(share.quantity()));
    }
    after.values().removeIf(each -> each.signum() <= 0);
    return new OwnedRemainder(after);
  }
}
