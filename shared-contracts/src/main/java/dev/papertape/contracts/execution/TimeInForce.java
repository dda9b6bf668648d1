package dev.papertape.contracts.execution;

/** How long an order lives. */
public enum TimeInForce {
  /** Immediate or cancel: what does not fill on arrival expires. */
  IOC,
  /** Good till cancelled: the rest rests at its leg's venue at the limit. Needs a limit price. */
  GTC
}
