package dev.papertape.command.promotion;

import org.jspecify.annotations.Nullable;

/**
 * How many parameter sets were tried to find an alpha's, and how much they differ.
 *
 * @param count N, at least 1
 * @param variance variance (ddof = 1) of their Sharpe ratios per feed minute, less what sampling
 *     noise alone makes, &ge; 0; null where fewer than two ratios are known
 */
record Trials(long count, @Nullable Double variance) {
  /** An alpha that no population trains. */
  static final Trials ONE = new Trials(1, null);

  /** Says it of an alpha. */
  @FunctionalInterface
  interface Source {
    /** Reads the log; called once a feed minute. */
    Trials of(String alphaId);
  }
}
