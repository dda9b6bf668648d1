package dev.papertape.eventstore.projection;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The row changes of one batch: of each key the last change only. */
final class BatchChanges implements Changes {
  private final Map<Table, Map<List<?>, Row>> changes = new HashMap<>();

  /**
   * One row as it shall be.
   *
   * @param values null when the row shall be gone
   */
  record Row(List<?> key, @Nullable List<? extends @Nullable Object> values) {}

  @Override
  public void upsert(Table table, List<?> key, List<? extends @Nullable Object> values) {
    if (values.size() != table.columns().size()) {
      throw new IllegalArgumentException(
          table.name() + " has " + table.columns().size() + " columns, got " + values.size());
    }
    put(table, new Row(key, values));
  }

  @Override
  public void delete(Table table, List<?> key) {
    put(table, new Row(key, null));
  }

  boolean isEmpty() {
    return changes.isEmpty();
  }

  /** Tables by name, rows by key: writers of the same tables lock rows in the same order. */
  Map<Table, List<Row>> sorted() {
    Map<Table, List<Row>> sorted = new TreeMap<>(Comparator.comparing(Table::name));
    changes.forEach(
        (table, rows) -> {
          List<Row> ordered = new ArrayList<>(rows.values());
          ordered.sort((a, b) -> compare(a.key(), b.key()));
          sorted.put(table, ordered);
        });
    return sorted;
  }

  private void put(Table table, Row row) {
    if (row.key().size() != table.keys().size()) {
      throw new IllegalArgumentException(
          table.name() + " has " + table.keys().size() + " key columns, got " + row.key().size());
    }
    changes.computeIfAbsent(table, t -> new HashMap<>()).put(row.key(), row);
  }

  @SuppressWarnings("unchecked") // key values of one column have one type, and it is comparable
  private static int compare(List<?> a, List<?> b) {
    for (int i = 0; i < a.size(); i++) {
      int order = ((Comparable<Object>) a.get(i)).compareTo(b.get(i));
      if (order != 0) {
        return order;
      }
    }
    return 0;
  }
}
