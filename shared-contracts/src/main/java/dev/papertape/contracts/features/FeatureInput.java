package dev.papertape.contracts.features;

/** What a feature is computed from. */
public enum FeatureInput {
  /** Closed 1m candles that passed their guards, of one venue and symbol. */
  CANDLES,
  /** The book of one venue and symbol, sampled once a second of feed time. */
  BOOK,
  /** Trades of one venue and symbol, summed once a second of feed time. */
  TRADES;

  /** Whether values come once a second of feed time, beside the samples that they are made of. */
  public boolean isSampled() {
    return this != CANDLES;
  }
}
