package dev.papertape.query.quality;

import dev.papertape.eventstore.projection.Table;
import dev.papertape.eventstore.projection.Table.Column;
import java.util.List;

/** The tables of the quality projection. */
final class QualityTables {
  private static final Column VENUE = text("venue");
  private static final Column SYMBOL = text("symbol");
  private static final Column CHANNEL = text("channel");
  private static final Column POSITION = number("position");

  static final Table STREAM =
      new Table("quality_stream", List.of(VENUE, SYMBOL, CHANNEL), List.of(POSITION));

  static final Table OBSERVED =
      new Table(
          "quality_observed", List.of(VENUE, SYMBOL, CHANNEL, POSITION), List.of(number("life")));

  static final Table LIFE =
      new Table(
          "quality_life",
          List.of(VENUE, SYMBOL, CHANNEL, number("life")),
          List.of(new Column("view", "json")));

  static final Table QUARANTINED =
      new Table(
          "quality_quarantined",
          List.of(VENUE, SYMBOL, CHANNEL, POSITION),
          List.of(number("records"), number("released"), number("discarded")));

  static final Table QUARANTINE =
      new Table(
          "quality_quarantine",
          List.of(text("quarantine_id")),
          List.of(
              POSITION,
              VENUE,
              SYMBOL,
              CHANNEL,
              text("reason"),
              text("status"),
              number("records"),
              number("decided_position")));

  static final Table CLOCK =
      new Table("quality_clock", List.of(POSITION), List.of(number("feed_millis")));

  private QualityTables() {}

  private static Column text(String name) {
    return new Column(name, "text");
  }

  private static Column number(String name) {
    return new Column(name, "bigint");
  }
}
