package dev.papertape.contracts.promotion;

import dev.papertape.contracts.alpha.AlphaEvent.AlphaRecorded;
import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What an alpha did by itself, as its newest {@link AlphaRecorded} says; the gates' input. Its own
 * book only: what a population's member inherited from its source is never in it.
 *
 * @param shadow whether it is of the shadow book
 * @param turnover Σ |fill notional|, quote units
 * @param trades closed rounds
 * @param equity quote units
 * @param returns number of feed minutes with a return
 * @param mean of the returns
 * @param sumSquares Σ (r − mean)²
 * @param sumCubes Σ (r − mean)³
 * @param sumFourths Σ (r − mean)⁴
 * @param maxDrawdown &le; 0, as a fraction of the peak
 * @param slippageBps null without a fill
 * @param modelBps null without a fill
 * @param since feed time from which it counts
 * @param feedTime up to which it counts
 */
public record AlphaRecord(
    boolean shadow,
    BigDecimal turnover,
    long trades,
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
    Instant feedTime) {

  public static AlphaRecord of(AlphaRecorded recorded) {
    return new AlphaRecord(
        recorded.shadow(),
        recorded.turnover(),
        recorded.trades(),
        recorded.equity(),
        recorded.returns(),
        recorded.mean(),
        recorded.sumSquares(),
        recorded.sumCubes(),
        recorded.sumFourths(),
        recorded.maxDrawdown(),
        recorded.slippageBps(),
        recorded.modelBps(),
        recorded.since(),
        recorded.feedTime());
  }
}
