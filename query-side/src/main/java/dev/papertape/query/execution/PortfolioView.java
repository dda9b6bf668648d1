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
import org.jspecify.annotations.Nullable;

/**
 * The paper account. Between two marks a fill changes cash and position at once, and the position
 * is valued at its last known mark.
 *
 * @param equity cash + Σ quantity · mark (or average price where no mark is known)
 * @param realizedPnl since {@code resetAt}, before fees
 * @param unrealizedPnl Σ quantity · (mark − averagePrice)
 * @param positions open ones, by symbol
 * @param resetAt feed time at which this account began, null if its beginning is not in the log
 * @param markedAt feed time of the newest mark, null before one
 * @param updatedAt feed time of the newest event
 */
record PortfolioView(
    String currency,
    @Nullable BigDecimal initialCash,
    BigDecimal cash,
    BigDecimal equity,
    BigDecimal realizedPnl,
    BigDecimal unrealizedPnl,
    BigDecimal fees,
    List<PositionMark> positions,
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
        reset.feedTime(),
        null,
        reset.feedTime());
  }

  static PortfolioView after(@Nullable PortfolioView before, PortfolioMarked mark) {
    return new PortfolioView(
        mark.currency(),
        before == null ? null : before.initialCash(),
        mark.cash(),
        mark.equity(),
        mark.realizedPnl(),
        mark.unrealizedPnl(),
        mark.fees(),
        mark.positions(),
        before == null ? null : before.resetAt(),
        mark.feedTime(),
        mark.feedTime());
  }

  PortfolioView after(OrderFilled filled) {
    AccountAfterFill account = filled.account();
    List<PositionMark> after = new ArrayList<>(positions);
    after.removeIf(position -> position.symbol().equals(filled.symbol()));
    if (account.position().signum() != 0) {
      after.add(position(filled));
    }
    after.sort(Comparator.comparing(PositionMark::symbol));
    BigDecimal unrealized =
        after.stream().map(PositionMark::unrealizedPnl).reduce(BigDecimal.ZERO, BigDecimal::add);
    BigDecimal value =
        after.stream().map(PortfolioView::value).reduce(BigDecimal.ZERO, BigDecimal::add);
    return new PortfolioView(
        currency,
        initialCash,
        account.cash(),
        account.cash().add(value),
        account.totalRealizedPnl(),
        unrealized,
        account.totalFees(),
        List.copyOf(after),
        resetAt,
        markedAt,
        filled.feedTime());
  }

  private PositionMark position(OrderFilled filled) {
    AccountAfterFill account = filled.account();
    PositionMark before = find(filled.symbol());
    BigDecimal average =
        account.averagePrice() == null ? filled.price() : account.averagePrice();
    BigDecimal mark =
        filled.mid() != null ? filled.mid() : before == null ? null : before.mark();
    BigDecimal unrealized =
        mark == null
            ? BigDecimal.ZERO
            : account.position().multiply(mark.subtract(average));
    BigDecimal realizedBefore = before == null ? BigDecimal.ZERO : before.realizedPnl();
    return new PositionMark(
        filled.symbol(),
        account.position(),
        average,
        mark,
        unrealized,
        realizedBefore.add(account.realizedPnl()));
  }

  private @Nullable PositionMark find(Symbol symbol) {
    return positions.stream()
        .filter(position -> position.symbol().equals(symbol))
        .findFirst()
        .orElse(null);
  }

  private static BigDecimal value(PositionMark position) {
    BigDecimal mark = position.mark();
    return position.quantity().multiply(mark == null ? position.averagePrice() : mark);
  }
}
