package dev.papertape.command.engine;

import dev.papertape.contracts.alpha.AlphaEvent.SignalsCombined;
import dev.papertape.contracts.execution.SymbolBookState;
import dev.papertape.contracts.execution.SymbolBookState.Spoken;
import dev.papertape.contracts.market.Symbol;
import dev.papertape.contracts.report.ReturnMoments;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One symbol's alphas together: what they said at the newest recorded rebalance, and the returns of
 * what they hold, which Kelly's rule measures. Owned by the engine's thread.
 */
final class SymbolBook {
  private static final double CHANGE = 0.05;

  private final Symbol symbol;
  private final SortedMap<String, Spoken> spoken = new TreeMap<>();
  private @Nullable Instant rebalancedAt;
  private BigDecimal capital = BigDecimal.ZERO;
  private long minute;
  private BigDecimal pnl = BigDecimal.ZERO;
  private ReturnMoments returns = ReturnMoments.NONE;

  SymbolBook(Symbol symbol) {
    this.symbol = symbol;
  }

  static SymbolBook of(SymbolBookState state) {
    SymbolBook book = new SymbolBook(state.symbol());
    state.spoken().forEach(each -> book.spoken.put(each.alphaId(), each));
    book.rebalancedAt = state.rebalancedAt();
    book.capital = state.capital();
    book.minute = state.minute();
    book.pnl = state.pnl();
    book.returns = state.moments();
    return book;
  }

  SymbolBookState state() {
    return new SymbolBookState(
        symbol, rebalancedAt, spoken.values().stream().toList(), capital, minute, pnl, returns);
  }

  void apply(SignalsCombined combined) {
    rebalancedAt = combined.feedTime();
    capital = combined.unitNotional();
    spoken.clear();
    combined
        .signals()
        .forEach(
            each ->
                spoken.put(
                    each.alphaId(), new Spoken(each.alphaId(), each.value(), each.weight())));
  }

  /** A new account: what was said stays, what was made is gone. */
  void reset() {
    minute = 0;
    pnl = BigDecimal.ZERO;
    returns = ReturnMoments.NONE;
  }

  /** A feed minute is over. */
  void minute(long newMinute, BigDecimal newPnl) {
    if (minute != 0 && capital.signum() > 0) {
      returns = returns.plus(newPnl.subtract(pnl).doubleValue() / capital.doubleValue());
    }
    minute = newMinute;
    pnl = newPnl;
  }

  ReturnMoments returns() {
    return returns;
  }

  @Nullable Instant rebalancedAt() {
    return rebalancedAt;
  }

  /** What the alpha said at the newest recorded rebalance, 0 if it had no part in it. */
  double lastValue(String alphaId) {
    Spoken last = spoken.get(alphaId);
    return last == null ? 0 : last.value();
  }

  /** Whether the signal or the weight is another than at the newest recorded rebalance. */
  boolean isNews(String alphaId, double value, double weight) {
    Spoken last = spoken.get(alphaId);
    double lastWeight = last == null ? 0 : last.weight();
    return Math.abs(value - lastValue(alphaId)) >= CHANGE
        || Math.abs(weight - lastWeight) >= CHANGE;
  }
}
