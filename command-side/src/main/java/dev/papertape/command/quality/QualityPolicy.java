package dev.papertape.command.quality;

import java.time.Duration;

/**
 * Every threshold of the guards over books and trades. The defaults let all true captures of issue
 * 4's data pass without one false resync; see docs/decisions/0009-quarantine.md for the figures.
 *
 * @param window samples that a trailing median is of
 * @param leastSamples a statistical guard says nothing before it has seen so many
 * @param depthLevels levels a side whose quantities add up to its depth
 * @param depthSpike a side deeper than this multiple of its median is doubted
 * @param depthCollapse a side shallower than its median divided by this is doubted
 * @param spreadSpike a spread wider than this multiple of its median is doubted
 * @param leastSpreadBps a spread of at most so many basis points of the mid is never doubted
 * @param topJumpBps a mid that moved more from one message to the next is doubted
 * @param jumpWithin two messages further apart are not compared for a jump
 * @param passesToTrust messages in a row that must pass until a recorded book is trusted again, and
 *     trades after one that was far from its book until the others are
 * @param clockSkew an offset between our clock and the venue's further than this from its median is
 *     flagged
 * @param farFromBookBps a trade further from the mid of its venue's book is put aside
 * @param tradesStaleAfter a trade stream silent for longer is STALE
 * @param barsStaleAfter a stream of one-minute bars silent for longer is STALE
 * @param flaggedFor a stream is FLAGGED for so long after its newest flag
 * @param observeEvery feed time between two observations of a venue's counts
 */
public record QualityPolicy(
    int window,
    int leastSamples,
    int depthLevels,
    long depthSpike,
    long depthCollapse,
    long spreadSpike,
    long leastSpreadBps,
    long topJumpBps,
    Duration jumpWithin,
    int passesToTrust,
    Duration clockSkew,
    long farFromBookBps,
    Duration tradesStaleAfter,
    Duration barsStaleAfter,
    Duration flaggedFor,
    Duration observeEvery) {

  public static final QualityPolicy DEFAULT =
      new QualityPolicy(
          120,
          40,
          100,
          20,
          100,
          20,
          20,
          200,
          Duration.ofSeconds(5),
          20,
          Duration.ofSeconds(2),
          500,
          Duration.ofMinutes(5),
          Duration.ofMinutes(5),
          Duration.ofMinutes(1),
          Duration.ofSeconds(10));

  /** Guards over books that look at nothing: to measure what looking costs. */
  public static QualityPolicy unguarded() {
    QualityPolicy of = DEFAULT;
    return new QualityPolicy(
        0,
        of.leastSamples,
        of.depthLevels,
        of.depthSpike,
        of.depthCollapse,
        of.spreadSpike,
        of.leastSpreadBps,
        of.topJumpBps,
        of.jumpWithin,
        of.passesToTrust,
        of.clockSkew,
        of.farFromBookBps,
        of.tradesStaleAfter,
        of.barsStaleAfter,
        of.flaggedFor,
        of.observeEvery);
  }

  /** Whether anything is looked at. */
  public boolean guards() {
    return window > 0;
  }
}
