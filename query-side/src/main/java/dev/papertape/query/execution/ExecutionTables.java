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

  /** Every owner of an order: what its intent names, and whose it is. */
  static final Table ORDER_OWNER = owners("execution_order_owner");

  /** Every owner of a fill. */
  static final Table FILL_OWNER = owners("execution_fill_owner");

  static final Table PORTFOLIO =
      new Table("execution_portfolio", List.of(text("portfolio")), List.of(VIEW));

  private ExecutionTables() {}

  private static Table owners(String name) {
    return new Table(name, List.of(text("alpha_id"), new Column("position", "bigint")), List.of());
  }

  private static Column text(String name) {
    return new Column(name, "text");
  }
}
