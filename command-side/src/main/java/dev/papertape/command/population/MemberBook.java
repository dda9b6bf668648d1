package dev.papertape.command.population;

import dev.papertape.contracts.market.Symbol;
import dev.papertape.contracts.population.MemberPosition;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The shadow book of one member: it holds signal · notional of each symbol and pays the half spread
 * and the taker fee for every change. Exact: cash is what went out and came in, to the last digit.
 */
final class MemberBook {
  /** Share of the notional by which holdings must be off before they are changed. */
  private static final BigDecimal BAND = new BigDecimal("0.1");

  private static final int QUANTITY_DECIMALS = 8;

  private final BigDecimal notional;
  private final SortedMap<Symbol, MemberPosition> positions = new TreeMap<>();
  private BigDecimal cash = BigDecimal.ZERO;
  private BigDecimal fees = BigDecimal.ZERO;
  private BigDecimal turnover = BigDecimal.ZERO;
  private long trades;

  /**
   * @param notional held of each symbol at a signal of 1, quote units
   */
  MemberBook(BigDecimal notional) {
    this.notional = notional;
  }

  /** A book as it was left; what it counts begins at nothing. */
  static MemberBook of(BigDecimal notional, BigDecimal cash, List<MemberPosition> positions) {
    MemberBook book = new MemberBook(notional);
    book.cash = cash;
    positions.forEach(position -> book.positions.put(position.symbol(), position));
    return book;
  }

  /** The same holdings, for another member; what it counts begins at nothing. */
  MemberBook copy() {
    return of(notional, cash, List.copyOf(positions.values()));
  }

  /** As it counted when it was left. */
  MemberBook counting(BigDecimal feesSoFar, BigDecimal turnoverSoFar, long tradesSoFar) {
    fees = feesSoFar;
    turnover = turnoverSoFar;
    trades = tradesSoFar;
    return this;
  }

  /** The last signal for the symbol, 0 before the first. */
  double signal(Symbol symbol) {
    MemberPosition position = positions.get(symbol);
    return position == null ? 0 : position.signal();
  }

  /** What is held is worth this much now. */
  void mark(Symbol symbol, BigDecimal mid) {
    positions.computeIfPresent(
        symbol, (_, held) -> new MemberPosition(symbol, held.quantity(), mid, held.signal()));
  }

  /**
   * Goes to signal · share · notional, unless it is about there; to 0 always.
   *
   * @param share of the signal that is held, in [0, 1]
   */
  void follow(Symbol symbol, double signal, double share, BigDecimal mid, ShadowCosts costs) {
    MemberPosition held = positions.get(symbol);
    BigDecimal quantity = held == null ? BigDecimal.ZERO : held.quantity();
    BigDecimal wanted =
        notional
            .multiply(BigDecimal.valueOf(signal))
            .multiply(BigDecimal.valueOf(share))
            .divide(mid, QUANTITY_DECIMALS, RoundingMode.DOWN);
    BigDecimal difference = wanted.subtract(quantity);
    boolean isFar =
        difference.abs().multiply(mid).compareTo(notional.multiply(BAND)) >= 0
            || wanted.signum() == 0;
    if (difference.signum() != 0 && isFar) {
      trade(difference, mid, costs);
      quantity = wanted;
    }
    positions.put(symbol, new MemberPosition(symbol, quantity, mid, signal));
  }

  private void trade(BigDecimal difference, BigDecimal mid, ShadowCosts costs) {
    BigDecimal price =
        difference.signum() > 0 ? mid.add(costs.halfSpread()) : mid.subtract(costs.halfSpread());
    BigDecimal paid = difference.multiply(price);
    BigDecimal fee = paid.abs().multiply(costs.takerFee());
    cash = cash.subtract(paid).subtract(fee);
    fees = fees.add(fee);
    turnover = turnover.add(paid.abs());
    trades++;
  }

  /** Cash and holdings at their newest marks; 0 at first. */
  BigDecimal equity() {
    BigDecimal equity = cash;
    for (MemberPosition held : positions.values()) {
      equity = equity.add(held.quantity().multiply(held.mid()));
    }
    return equity;
  }

  /** Counts from nothing from now on. */
  void countAnew() {
    counting(BigDecimal.ZERO, BigDecimal.ZERO, 0);
  }

  BigDecimal cash() {
    return cash;
  }

  BigDecimal fees() {
    return fees;
  }

  BigDecimal turnover() {
    return turnover;
  }

  long trades() {
    return trades;
  }

  /** In the order of their symbols. */
  List<MemberPosition> positions() {
    return List.copyOf(positions.values());
  }
}
