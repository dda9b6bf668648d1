package dev.papertape.contracts.execution;

/** Whether a fill took displayed liquidity or was the displayed liquidity. */
public enum Liquidity {
  TAKER,
  MAKER
}
