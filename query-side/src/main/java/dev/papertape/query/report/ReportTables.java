package dev.papertape.query.report;

import dev.papertape.eventstore.projection.Table;
import dev.papertape.eventstore.projection.Table.Column;
import java.util.List;

/** The tables of the report projection. */
final class ReportTables {
  private static final Column ERA = number("era");
  private static final Column RESOLUTION = number("resolution");
  private static final Column BUCKET = number("bucket");

  static final Table ERAS =
      new Table(
          "report_era",
          List.of(ERA),
          List.of(number("first_position"), number("first_second"), number("newest_second")));

  static final Table CLOCK =
      new Table(
          "report_clock",
          List.of(number("first_position")),
          List.of(ERA, number("second"), number("last_position")));

  static final Table LEDGER =
      new Table(
          "report_ledger",
          List.of(ERA, RESOLUTION, BUCKET),
          List.of(number("position"), new Column("view", "json"), new Column("pnl", "json")));

  static final Table EQUITY =
      new Table(
          "report_equity",
          List.of(ERA, RESOLUTION, BUCKET),
          List.of(number("account"), new Column("equity", "numeric")));

  private ReportTables() {}

  private static Column number(String name) {
    return new Column(name, "bigint");
  }
}
