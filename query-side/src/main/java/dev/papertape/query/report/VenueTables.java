package dev.papertape.query.report;

import dev.papertape.eventstore.projection.Table;
import dev.papertape.eventstore.projection.Table.Column;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** The tables of the venue roll-ups. */
final class VenueTables {
  private static final Column VENUE = text("venue");
  private static final Column FIRST = number("first_position");
  private static final Column VIEW = new Column("view", "json");

  /** Sums of a second, minute, hour or day; venue {@code ''} holds what is of no single venue. */
  static final Table ROLLUP =
      new Table(
          "report_venue_rollup",
          List.of(text("resolution"), VENUE, number("start"), FIRST),
          measures());

  /** Venues, and since when they are known. */
  static final Table VENUES =
      new Table("report_venue", List.of(VENUE), List.of(FIRST, number("since_ms")));

  static final Table SCORE =
      new Table(
          "report_venue_score",
          List.of(VENUE, number("position")),
          List.of(new Column("score", "double precision")));

  /** See {@link Downtime}; venue {@code ''}: time that nobody observed. */
  static final Table DOWN =
      new Table(
          "report_venue_down",
          List.of(VENUE, FIRST),
          List.of(
              number("from_ms"),
              number("to_ms"),
              number("closed_position"),
              number("before_ms"),
              number("episode")));

  /** Feed time by position: a row for each second of it. */
  static final Table CLOCK =
      new Table("report_venue_clock", List.of(FIRST), List.of(number("feed_ms")));

  /** Routed orders that are not over. */
  static final Table ORDER =
      new Table("report_venue_order", List.of(text("order_id")), List.of(VIEW));

  /** Fills whose marks are still to come. */
  static final Table FILL =
      new Table("report_venue_fill", List.of(text("fill_id")), List.of(number("feed_ms"), VIEW));

  private VenueTables() {}

  static Set<Table> all() {
    return Set.of(ROLLUP, VENUES, SCORE, DOWN, CLOCK, ORDER, FILL);
  }

  private static List<Column> measures() {
    List<Column> columns = new ArrayList<>();
    Arrays.stream(VenueMeasure.values())
        .forEach(measure -> columns.add(new Column(measure.column(), "numeric")));
    columns.add(text("slippage_samples"));
    columns.add(text("time_to_fill_samples"));
    return List.copyOf(columns);
  }

  private static Column text(String name) {
    return new Column(name, "text");
  }

  private static Column number(String name) {
    return new Column(name, "bigint");
  }
}
