package dev.papertape.query.execution;

import dev.papertape.eventstore.projection.Table;
import dev.papertape.eventstore.projection.Table.Column;
import java.util.List;

/** The tables of the execution projection. */
final class ExecutionTables {
  static final Column VIEW = new Column("view", "json");

  static final Table ORDER =
      new Table(
          "execution_order",
          List.of(text("order_id")),
          List.of(
              new Column("position", "bigint"),
              text("status"),
              text("symbol"),
              text("alpha_id"),
              VIEW));

  static final Table FILL =
      new Table(
          "execution_fill",
          List.of(new Column("position", "bigint")),
          List.of(text("symbol"), text("alpha_id"), VIEW));

  static final Table PORTFOLIO =
      new Table("execution_portfolio", List.of(text("portfolio")), List.of(VIEW));

  private ExecutionTables() {}

  private static Column text(String name) {
    return new Column(name, "text");
  }
}
