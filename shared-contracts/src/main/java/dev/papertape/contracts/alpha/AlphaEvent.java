package dev.papertape.contracts.alpha;

import dev.papertape.contracts.DomainEvent;
import dev.papertape.contracts.market.Symbol;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * What became of alphas: aggregates {@code alpha:<alphaId>}, facts {@code signals:<symbol>} and
 * {@code signal:<alphaId>:<symbol>}.
 */
public sealed interface AlphaEvent extends DomainEvent {

  /** A step in one alpha's life; stream {@code alpha:<alphaId>}. Stages are the promotion's. */
  sealed interface RegistryEvent extends AlphaEvent {
    String alphaId();
  }

  /**
   * @param stage it begins in: {@code INCUBATING} but for what the configuration names otherwise
   * @param by {@code configuration} or who asked
   */
  record AlphaRegistered(
      String alphaId,
      String name,
      AlphaKind kind,
      SortedMap<String, Double> params,
      List<Symbol> symbols,
      List<String> features,
      double weight,
      AlphaStage stage,
      @Nullable String populationId,
      String by)
      implements RegistryEvent {}

  /**
   * Parameters or weight are others; whole, as they are now.
   *
   * @param reason {@code operator}, or what a population did
   */
  record AlphaChanged(
      String alphaId,
      SortedMap<String, Double> params,
      double weight,
      @Nullable String populationId,
      String reason)
      implements RegistryEvent {}

  record AlphaPaused(String alphaId, String reason) implements RegistryEvent {}

  record AlphaResumed(String alphaId, String reason) implements RegistryEvent {}

  /**
   * It threw, hung or gave what is no signal, and is asked no more until somebody resumes it; the
   * others trade on.
   *
   * @param detail one sentence
   */
  record AlphaBenched(String alphaId, String reason, String detail) implements RegistryEvent {}

  /**
   * A signal came from outside; stream {@code signal:<alphaId>:<symbol>} (a new life of the engine
   * finds each newest one at once), by the engine, at the frame at which it was consumed.
   *
   * @param value in [−1, 1]
   * @param horizonMs for how long it holds, from {@code at}
   * @param at the sender's time, not later than {@code feedTime}
   */
  record SignalReceived(
      String alphaId,
      Symbol symbol,
      double value,
      long horizonMs,
      Instant at,
      long frame,
      Instant feedTime)
      implements AlphaEvent {

    /** What kind of streams they are in. */
    public static final String KIND = "signal";

    /** Where the signals of one alpha for one symbol are. */
    public static String stream(String alphaId, Symbol symbol) {
      return KIND + ":" + alphaId + ":" + symbol;
    }
  }

  /**
   * A rebalance of one symbol: every signal, what it weighed, and what would have been without it;
   * stream {@code signals:<symbol>}. The portfolio's target of any coalition S follows from it:
   * {@code unit · Σ_S weight · value}, held to {@code ±cap}, in quote units at {@code mid}.
   *
   * @param rebalanceId deterministic id
   * @param mid the common mid
   * @param combined Σ weight · value over all
   * @param unitNotional quote units held at a combined signal of 1, before the cap
   * @param capNotional the binding cap, quote units
   * @param factor k: {@code target = k · Σ weight · value}, base units; where the sum is 0, the
   *     unit's, so that alphas of opposite minds hold against each other
   * @param target of the portfolio's alphas together, base units, exact
   * @param signals by alpha id, watched ones included
   * @param orderId of the order that followed, null when none did
   */
  record SignalsCombined(
      String rebalanceId,
      Symbol symbol,
      BigDecimal mid,
      double combined,
      BigDecimal unitNotional,
      BigDecimal capNotional,
      BigDecimal factor,
      BigDecimal target,
      List<AlphaSignal> signals,
      @Nullable String orderId,
      long frame,
      Instant feedTime)
      implements AlphaEvent {}

  /**
   * One alpha's record, once a feed minute and per alpha: stream {@code alpha-record:<alphaId>}.
   * Cumulative since its registration or the account's reset; of an alpha that does not trade, of
   * its shadow book, which trades each target at the mid, half the spread and the taker fee.
   *
   * @param shadow whether it is the shadow book's
   * @param pnl realised and unrealised, after fees, quote units
   * @param turnover Σ |fill notional|, quote units
   * @param trades closed rounds
   * @param wins closed rounds with a profit
   * @param equity the capital that the record is measured on plus {@code pnl}
   * @param returns number of feed minutes with a return
   * @param mean of the returns
   * @param sumSquares Σ (r − mean)²
   * @param sumCubes Σ (r − mean)³
   * @param sumFourths Σ (r − mean)⁴
   * @param maxDrawdown of {@code equity}, &le; 0, as a fraction of the peak
   * @param slippageBps notional-weighted slippage of its fills against the decision's mid, null
   *     without one
   * @param modelBps what the model's costs would have been, null without one
   */
  record AlphaRecorded(
      String alphaId,
      boolean shadow,
      BigDecimal pnl,
      BigDecimal fees,
      BigDecimal turnover,
      long trades,
      long wins,
      BigDecimal equity,
      long returns,
      double mean,
      double sumSquares,
      double sumCubes,
      double sumFourths,
      double maxDrawdown,
      @Nullable Double slippageBps,
      @Nullable Double modelBps,
      Instant since,
      Instant feedTime)
      implements AlphaEvent {}
}
