package dev.papertape.contracts.market;

/** Where a venue's frames come from. */
public enum VenueKind {
  SIMULATED,
  LIVE,
  RECORDED
}
