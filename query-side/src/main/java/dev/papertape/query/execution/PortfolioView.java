package dev.papertape.query.execution;

import dev.papertape.contracts.execution.AccountAfterFill;
import dev.papertape.contracts.execution.ExecutionEvent.OrderFilled;
import dev.papertape.contracts.execution.ExecutionEvent.PortfolioMarked;
import dev.papertape.contracts.execution.ExecutionEvent.PortfolioReset;
import dev.papertape.contracts.execution.PositionMark;
import dev.papertape.contracts.market.Symbol;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The paper account. Between two marks a fill changes cash and position at once, and the position
 * is valued at its last known mark.
 *
 * @param equity initialCash + realizedPnl + unrealizedPnl − fees
 * @param realizedPnl since {@code resetAt}, before fees
 * @param unrealizedPnl Σ quantity · (mark − averagePrice)
 * @param positions open ones, by symbol
 * @param realizedBySymbol before fees, of closed positions too
 * @param resetAt feed time at which this account began, null if its beginning is not in the log
 * @param markedAt feed time of the newest mark, null before one
 * @param updatedAt feed time of the newest event
 */
record PortfolioView(
    String currency,
    BigDecimal initialCash,
    BigDecimal cash,
    BigDecimal equity,
    BigDecimal realizedPnl,
    BigDecimal unrealizedPnl,
    BigDecimal fees,
    List<PositionMark> positions,
    SortedMap<String, BigDecimal> realizedBySymbol,
    @Nullable Instant resetAt,
    @Nullable Instant markedAt,
    Instant updatedAt) {

  static PortfolioView after(PortfolioReset reset) {
    return new PortfolioView(
        reset.currency(),
        reset.initialCash(),
        reset.initialCash(),
        reset.initialCash(),
        BigDecimal.ZERO,
        BigDecimal.ZERO,
        BigDecimal.ZERO,
        List.of(),
        new TreeMap<>(),
        reset.feedTime(),
        null,
        reset.feedTime());
  }

  static PortfolioView after(@Nullable PortfolioView before, PortfolioMarked mark) {
    SortedMap<String, BigDecimal> realized =
        before == null ? new TreeMap<>() : new TreeMap<>(before.realizedBySymbol());
    mark.positions().forEach(p -> realized.put(p.symbol().value(), p.realizedPnl()));
    return new PortfolioView(
        mark.currency(),
        mark.equity().subtract(mark.realizedPnl()).subtract(mark.unrealizedPnl()).add(mark.fees()),
        mark.cash(),
        mark.equity(),
        mark.realizedPnl(),
        mark.unrealizedPnl(),
        mark.fees(),
        mark.positions(),
        realized,
        before == null ? null : before.resetAt(),
        mark.feedTime(),
        mark.feedTime());
  }

  PortfolioView after(OrderFilled filled) {
    AccountAfterFill account = filled.account();
    SortedMap<String, BigDecimal> realized = new TreeMap<>(realizedBySymbol);
    BigDecimal ofSymbol =
        realized.merge(filled.symbol().value(), account.realizedPnl(), BigDecimal::add);
    List<PositionMark> after = new ArrayList<>(positions);
    after.removeIf(position -> position.symbol().equals(filled.symbol()));
    if (account.position().signum() != 0) {
      after.add(position(filled, ofSymbol));
    }
    after.sort(Comparator.comparing(PositionMark::symbol));
    BigDecimal unrealized =
        after.stream().map(PositionMark::unrealizedPnl).reduce(BigDecimal.ZERO, BigDecimal::add);
    BigDecimal gain = account.totalRealizedPnl().add(unrealized).subtract(account.totalFees());
    return new PortfolioView(
        currency,
        initialCash,
        account.cash(),
        initialCash.add(gain),
        account.totalRealizedPnl(),
        unrealized,
        account.totalFees(),
        List.copyOf(after),
        realized,
        resetAt,
        markedAt,
        filled.feedTime());
  }

  private PositionMark position(OrderFilled filled, BigDecimal realized) {
    AccountAfterFill account = filled.account();
    PositionMark before = find(filled.symbol());
    BigDecimal average = account.averagePrice() == null ? filled.price() : account.averagePrice();
    BigDecimal mark = filled.mid() != null ? filled.mid() : before == null ? null : before.mark();
    BigDecimal unrealized =
        mark == null ? BigDecimal.ZERO : account.position().multiply(mark.subtract(average));
    return new PositionMark(
        filled.symbol(), account.position(), average, mark, unrealized, realized);
  }

  private @Nullable PositionMark find(Symbol symbol) {
    return positions.stream()
        .filter(position -> position.symbol().equals(symbol))
        .findFirst()
        .orElse(null);
  }
}
