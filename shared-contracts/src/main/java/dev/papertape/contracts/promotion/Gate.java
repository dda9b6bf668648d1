package dev.papertape.contracts.promotion;

/** What a stage is gated by, with the unit of its value and which side of the bound is good. */
public enum Gate {
  /** Closed rounds of the record. */
  MIN_TRADES(Bound.AT_LEAST),
  /**
   * Days: those spent in the stage in feed time, or those of the record (its minutes with a return)
   * where the step needs one and has fewer.
   */
  MIN_DAYS(Bound.AT_LEAST),
  /** Probability in [0, 1] that the true Sharpe ratio beats the best of so many idle trials. */
  DEFLATED_SHARPE(Bound.AT_LEAST),
  /** Of the record's equity, &le; 0, as a fraction of the peak. */
  MAX_DRAWDOWN(Bound.AT_LEAST),
  /** Σ |fill notional| a day of the record, over its equity; two-sided. */
  TURNOVER(Bound.AT_MOST),
  /** Values of its features that differ between online and backtest, or that one side lacks. */
  PARITY(Bound.AT_MOST),
  /** Percent of its symbols' book messages that were proved to be in their place. */
  QUALITY_VERIFIED(Bound.AT_LEAST),
  /** Measured slippage less what the cost model says, bps. */
  SLIPPAGE_VS_MODEL(Bound.AT_MOST),
  /** Guards of its symbols, or of all trading, that are tripped. */
  GUARDS_TRIPPED(Bound.AT_MOST);

  /** Which side of the required value passes; the value itself does on both. */
  public enum Bound {
    AT_LEAST,
    AT_MOST;

    boolean holds(double value, double required) {
      return switch (this) {
        case AT_LEAST -> value >= required;
        case AT_MOST -> value <= required;
      };
    }
  }

  private final Bound bound;

  Gate(Bound bound) {
    this.bound = bound;
  }

  public Bound bound() {
    return bound;
  }
}
