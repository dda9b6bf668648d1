package dev.papertape.contracts.quality;

/** Where a quarantined record stands; the last two are final. */
public enum QuarantineStatus {
  OPEN,
  RELEASED,
  DISCARDED
}
