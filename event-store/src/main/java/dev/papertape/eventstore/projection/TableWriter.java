package dev.papertape.eventstore.projection;

import dev.papertape.eventstore.projection.BatchChanges.Row;
import dev.papertape.eventstore.projection.Table.Column;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Writes the changes of one table, two statements at most however many rows: one array a column.
 */
final class TableWriter {
  private final List<Column> keys;
  private final List<Column> all;
  private final String upsert;
  private final String delete;

  TableWriter(Table table) {
    this.keys = table.keys();
    this.all = Stream.concat(table.keys().stream(), table.columns().stream()).toList();
    String keyNames = names(keys);
    String replace =
        table.columns().stream()
            .map(column -> column.name() + " = excluded." + column.name())
            .collect(Collectors.joining(", "));
    this.upsert =
        "INSERT INTO %s (%s) SELECT * FROM unnest(%s) ON CONFLICT (%s) DO %s"
            .formatted(
                table.name(),
                names(all),
                arrays(all),
                keyNames,
                replace.isEmpty() ? "NOTHING" : "UPDATE SET " + replace);
    this.delete =
        "DELETE FROM %s AS t USING unnest(%s) AS gone (%s) WHERE %s"
            .formatted(
                table.name(),
                arrays(keys),
                keyNames,
                keys.stream()
                    .map(column -> "t." + column.name() + " = gone." + column.name())
                    .collect(Collectors.joining(" AND ")));
  }

  void write(Connection connection, List<Row> rows) throws SQLException {
    List<Row> gone = rows.stream().filter(row -> row.values() == null).toList();
    List<Row> kept = rows.stream().filter(row -> row.values() != null).toList();
    execute(connection, delete, keys, gone);
    execute(connection, upsert, all, kept);
  }

  private static void execute(
      Connection connection, String sql, List<Column> columns, List<Row> rows) throws SQLException {
    if (rows.isEmpty()) {
      return;
    }
    List<Array> arrays = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int c = 0; c < columns.size(); c++) {
        Array array = array(connection, columns.get(c), rows, c);
        arrays.add(array);
        statement.setArray(c + 1, array);
      }
      statement.executeUpdate();
    } finally {
      for (Array array : arrays) {
        array.free();
      }
    }
  }

  private static Array array(Connection connection, Column column, List<Row> rows, int index)
      throws SQLException {
    @Nullable Object[] values =
        switch (column.sqlType()) {
          case "bigint" -> new Long[rows.size()];
          case "integer" -> new Integer[rows.size()];
          case "double precision" -> new Double[rows.size()];
          case "boolean" -> new Boolean[rows.size()];
          case "bytea" -> new byte[rows.size()][];
          default -> new String[rows.size()];
        };
    for (int r = 0; r < values.length; r++) {
      Object value = value(rows.get(r), index);
      values[r] = value != null && values instanceof String[] ? value.toString() : value;
    }
    String arrayType = column.sqlType().equals("double precision") ? "float8" : column.sqlType();
    return connection.createArrayOf(arrayType, values);
  }

  private static @Nullable Object value(Row row, int index) {
    int keyColumns = row.key().size();
    List<? extends @Nullable Object> values = row.values();
    return index < keyColumns || values == null
        ? row.key().get(index)
        : values.get(index - keyColumns);
  }

  private static String names(List<Column> columns) {
    return columns.stream().map(Column::name).collect(Collectors.joining(", "));
  }

  private static String arrays(List<Column> columns) {
    return columns.stream()
        .map(column -> "?::" + column.sqlType() + "[]")
        .collect(Collectors.joining(", "));
  }
}
