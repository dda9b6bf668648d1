package dev.papertape.contracts.population;

import org.jspecify.annotations.Nullable;

/**
 * A member's score in one generation.
 *
 * @param score Sharpe ratio of its one-second returns, not annualised; null without one
 * @param inherited whether the source earned it, and not this member: such a point counts towards
 *     no gate
 */
public record ScorePoint(long generation, @Nullable Double score, boolean inherited) {
  ScorePoint passedOn() {
    return new ScorePoint(generation, score, true);
  }
}
