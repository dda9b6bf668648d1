package dev.papertape.contracts.quality;

import dev.papertape.contracts.AggregateCommand;

/** What an operator may ask of a quarantined record. */
public sealed interface QuarantineCommand extends AggregateCommand {
  /** Every quarantine's stream, and aggregate, is called so with its id behind. */
  String PREFIX = "quarantine:";

  String quarantineId();

  /** Why; kept in the log, never blank. */
  String reason();

  @Override
  default String aggregateId() {
    return PREFIX + quarantineId();
  }

  /** Calls the record good, whatever the guard says. */
  record ReleaseQuarantined(String quarantineId, String reason) implements QuarantineCommand {}

  /** Calls the record bad for good. */
  record DiscardQuarantined(String quarantineId, String reason) implements QuarantineCommand {}
}
