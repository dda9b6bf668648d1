package dev.papertape.command.execution;

import dev.papertape.command.router.Decimals;
import dev.papertape.contracts.execution.AccountCheckpoint.HeldPosition;
import dev.papertape.contracts.market.Symbol;
import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A position by the average-cost method. What is held exactly is the cost of the open quantity, not
 * its average price: closing a part releases its share of the cost, rounded half even to 12
 * decimals, and the rest stays, so that no rounding ever leaves the account. A derivative is linear
 * in its quote currency and has the same arithmetic as spot.
 *
 * @param quantity signed base units
 * @param cost signed quote units paid for the open quantity; has the sign of {@code quantity}
 * @param realizedPnl since the account's start, before fees
 * @param roundPnl realised since the position was last flat or changed its sign, before fees
 * @param roundFees fees of the same round
 * @param openedAt feed time of the round's first fill, null when flat
 */
record Position(
    Symbol symbol,
    BigDecimal quantity,
    BigDecimal cost,
    BigDecimal realizedPnl,
    BigDecimal roundPnl,
    BigDecimal roundFees,
    @Nullable Instant openedAt) {

  static Position flat(Symbol symbol) {
    BigDecimal zero = BigDecimal.ZERO;
    return new Position(symbol, zero, zero, zero, zero, zero, null);
  }

  static Position of(HeldPosition held) {
    return new Position(
        held.symbol(),
        held.quantity(),
        held.cost(),
        held.realizedPnl(),
        held.roundPnl(),
        held.roundFees(),
        held.openedAt());
  }

  HeldPosition held() {
    return new HeldPosition(symbol, quantity, cost, realizedPnl, roundPnl, roundFees, openedAt);
  }

  /** A round that ended: its P&amp;L before fees, its fees, when it began. */
  record ClosedRound(BigDecimal realizedPnl, BigDecimal fees, Instant openedAt) {}

  /** The position after a trade, what the trade realised before its fee, the round it ended. */
  record Change(Position position, BigDecimal realizedPnl, @Nullable ClosedRound closed) {}

  /**
   * Trades {@code signedQuantity} (not zero) for {@code signedNotional} of the same sign.
   *
   * @param fee of the whole trade; through zero it is shared by quantity
   */
  Change traded(
      BigDecimal signedQuantity, BigDecimal signedNotional, BigDecimal fee, Instant feedTime) {
    if (quantity.signum() * signedQuantity.signum() >= 0) {
      return new Change(
          opened(signedQuantity, signedNotional, fee, feedTime), BigDecimal.ZERO, null);
    }
    int beyond = signedQuantity.abs().compareTo(quantity.abs());
    if (beyond < 0) {
      return reduced(signedQuantity, signedNotional, fee);
    }
    BigDecimal closingQuantity = quantity.negate();
    BigDecimal closingNotional = share(signedNotional, closingQuantity, signedQuantity);
    BigDecimal closingFee = share(fee, closingQuantity, signedQuantity);
    Change closed = closed(closingNotional, closingFee);
    if (beyond == 0) {
      return closed;
    }
    Position reversed =
        closed.position.opened(
            signedQuantity.subtract(closingQuantity),
            signedNotional.subtract(closingNotional),
            fee.subtract(closingFee),
            feedTime);
    return new Change(reversed, closed.realizedPnl, closed.closed);
  }

  /** Average entry price, rounded for display; null when flat. */
  @Nullable BigDecimal averagePrice() {
    return quantity.signum() == 0 ? null : Decimals.divide(cost, quantity);
  }

  /** quantity · mark − cost, exact. */
  BigDecimal unrealizedPnl(BigDecimal mark) {
    return Decimals.tidy(quantity.multiply(mark).subtract(cost));
  }

  private Position opened(
      BigDecimal moreQuantity, BigDecimal moreCost, BigDecimal fee, Instant feedTime) {
    return new Position(
        symbol,
        Decimals.tidy(quantity.add(moreQuantity)),
        Decimals.tidy(cost.add(moreCost)),
        realizedPnl,
        roundPnl,
        Decimals.tidy(roundFees.add(fee)),
        openedAt == null ? feedTime : openedAt);
  }

  private Change reduced(BigDecimal signedQuantity, BigDecimal signedNotional, BigDecimal fee) {
    BigDecimal released = share(cost, signedQuantity.negate(), quantity);
    BigDecimal realized = Decimals.tidy(signedNotional.add(released).negate());
    Position left =
        new Position(
            symbol,
            Decimals.tidy(quantity.add(signedQuantity)),
            Decimals.tidy(cost.subtract(released)),
            Decimals.tidy(realizedPnl.add(realized)),
            Decimals.tidy(roundPnl.add(realized)),
            Decimals.tidy(roundFees.add(fee)),
            openedAt);
    return new Change(left, realized, null);
  }

  private Change closed(BigDecimal signedNotional, BigDecimal fee) {
    if (openedAt == null) {
      throw new IllegalStateException("nothing to close in " + symbol);
    }
    BigDecimal realized = Decimals.tidy(signedNotional.add(cost).negate());
    ClosedRound round =
        new ClosedRound(
            Decimals.tidy(roundPnl.add(realized)), Decimals.tidy(roundFees.add(fee)), openedAt);
    BigDecimal zero = BigDecimal.ZERO;
    Position flat =
        new Position(
            symbol, zero, zero, Decimals.tidy(realizedPnl.add(realized)), zero, zero, null);
    return new Change(flat, realized, round);
  }

  /** whole · part / of, all of it when part is the whole. */
  private static BigDecimal share(BigDecimal whole, BigDecimal part, BigDecimal of) {
    return part.compareTo(of) == 0 ? whole : Decimals.divide(whole.multiply(part), of);
  }
}
