package dev.papertape.eventstore.web;

import java.time.Instant;

/** A moment of the log that a client asks about. */
public sealed interface AsOf {
  /** Right after the event at {@code position}; 0 is before the first. */
  record Position(long position) implements AsOf {}

  /** After everything that was recorded at {@code time} or earlier. */
  record Time(Instant time) implements AsOf {}
}
