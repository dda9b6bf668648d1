package dev.papertape.contracts.regime;

/** What kind of market it is; rules decide, in this order of precedence. */
public enum Regime {
  /** Drawdown speed or spread beyond limits. */
  STRESS,
  /** The volatility state is turbulent. */
  HIGH_VOL,
  TREND_UP,
  TREND_DOWN,
  CHOP
}
