package dev.papertape.eventstore.projection;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects the row changes of one event; the last change of a key in a batch wins. */
public interface Changes {
  /** Inserts or replaces the whole row. Values may be null; order as in {@link Table}. */
  void upsert(Table table, List<?> key, List<? extends @Nullable Object> values);

  /** Deletes the row if it is there. */
  void delete(Table table, List<?> key);
}
