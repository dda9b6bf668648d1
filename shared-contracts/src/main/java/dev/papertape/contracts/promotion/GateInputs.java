package dev.papertape.contracts.promotion;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything that the gates look at, so that they can be measured again from the record.
 *
 * @param position log position up to which the facts were read; an evaluation not newer than one
 *     that was acted on is without effect
 * @param feedTime of the newest of those facts
 * @param traded the alpha's own record, null before the first
 * @param trials N of the deflated Sharpe ratio: parameter sets that the alpha's population tried,
 *     at least 1
 * @param sharpeVariance variance (ddof = 1) of the trials' Sharpe ratios per feed minute, less what
 *     sampling noise alone makes, &ge; 0; V is this plus 1/T, T being the record's returns. Null
 *     where fewer than two ratios are known
 * @param parityCompared values of its features that the newest parity run compared; null without a
 *     run
 * @param parityDiverged values that differ or are missing on one side; null without a run
 * @param qualityReceived book messages of its symbols in this life of the engine
 * @param qualityVerified those proved to be in their place; null where no venue offers proof
 * @param guardsWatched how many guards there are
 * @param guardsTripped names of those that are tripped for its symbols or for all trading
 */
public record GateInputs(
    long position,
    Instant feedTime,
    @Nullable AlphaRecord traded,
    long trials,
    @Nullable Double sharpeVariance,
    @Nullable Long parityCompared,
    @Nullable Long parityDiverged,
    long qualityReceived,
    @Nullable Long qualityVerified,
    int guardsWatched,
    List<String> guardsTripped) {
  public GateInputs {
    guardsTripped = List.copyOf(guardsTripped);
  }
}
