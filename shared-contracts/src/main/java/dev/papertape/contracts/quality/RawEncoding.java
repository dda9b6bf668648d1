package dev.papertape.contracts.quality;

/** What the text of a quarantined record is. */
public enum RawEncoding {
  /** The frame as it came over the wire. */
  WIRE,
  /**
   * The decoded record, with the wire's own digits, as canonical JSON: the part of its frame that
   * the guard judged.
   */
  DECODED
}
