package dev.papertape.command.quality;

/** What a guard wants done with a record that it does not simply pass. */
public enum Outcome {
  /** Used, and remembered as odd. */
  FLAG,
  /** Put aside; a change of a book is applied all the same, and its book doubted. */
  QUARANTINE,
  /** The book is discarded and built anew. */
  RESYNC
}
