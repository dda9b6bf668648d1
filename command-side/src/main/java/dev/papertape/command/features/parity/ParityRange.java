package dev.papertape.command.features.parity;

import java.time.Duration;
import java.time.Instant;

/**
 * What is compared: values of event times in ({@code after}, {@code knownUntil}] that were put by
 * {@code knownUntil}.
 */
public record ParityRange(Instant after, Instant knownUntil) {
  /** The engine may take so long to compute what it was told: a long history comes at once. */
  static final Duration GRACE = Duration.ofSeconds(30);

  /** What was known by then must have been put by the end of the range. */
  Instant settled() {
    return knownUntil.minus(GRACE);
  }

  boolean contains(Instant eventTime) {
    return eventTime.isAfter(after) && !eventTime.isAfter(knownUntil);
  }
}
