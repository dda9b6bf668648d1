package dev.papertape.query;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.papertape.contracts.DomainEvent;
import dev.papertape.contracts.EventTypes;
import dev.papertape.eventstore.json.CanonicalJson;
import dev.papertape.eventstore.log.LoggedEvent;
import dev.papertape.eventstore.projection.Changes;
import dev.papertape.eventstore.projection.Table;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A projection's tables in memory: what a fold changes, without a database. */
public final class InMemoryRows implements Changes {
  private final Map<String, Map<String, List<?>>> tables = new TreeMap<>();

  @Override
  public void upsert(Table table, List<?> key, List<? extends @Nullable Object> values) {
    tables.computeIfAbsent(table.name(), t -> new TreeMap<>()).put(key.toString(), values);
  }

  @Override
  public void delete(Table table, List<?> key) {
    tables.computeIfAbsent(table.name(), t -> new TreeMap<>()).remove(key.toString());
  }

  public Map<String, List<?>> table(String name) {
    return tables.getOrDefault(name, Map.of());
  }

  /** An event as the log would have it. */
  public static LoggedEvent logged(long position, String stream, DomainEvent event) {
    CanonicalJson canonical = new CanonicalJson();
    return new LoggedEvent(
        position,
        stream,
        position,
        "order",
        new UUID(0, position),
        SampleEvents.T0,
        EventTypes.logicalName(event.getClass()),
        "1",
        canonical.write(event),
        "{}".getBytes(UTF_8),
        new byte[32]);
  }
}
