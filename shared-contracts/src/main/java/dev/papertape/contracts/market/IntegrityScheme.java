package dev.papertape.contracts.market;

/** What a venue's protocol offers to prove that no message is missing. */
public enum IntegrityScheme {
  SEQUENCE,
  CHECKSUM,
  BOTH
}
