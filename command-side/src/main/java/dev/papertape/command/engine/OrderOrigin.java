package dev.papertape.command.engine;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.papertape.command.chaos.ActiveExperiments;
import dev.papertape.eventstore.log.LoggedEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * On whose behalf an order of an earlier life goes on: its first event's metadata, caused by what
 * decided it. Experiments are of their moment, not of the order.
 */
final class OrderOrigin {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final TypeReference<Map<String, String>> METADATA = new TypeReference<>() {};

  private OrderOrigin() {}

  /**
   * @param life the order's rows, at least one, in order
   */
  static Map<String, String> of(List<LoggedEvent> life) {
    LoggedEvent first = life.getFirst();
    LoggedEvent decided =
        life.reversed().stream()
            .filter(row -> row.payloadType().startsWith("router."))
            .findFirst()
            .orElse(first);
    Map<String, String> metadata = new HashMap<>(read(first.metadata()));
    metadata.remove(ActiveExperiments.METADATA_KEY);
    metadata.put(FactBatch.CAUSATION_ID, decided.eventId().toString());
    return Map.copyOf(metadata);
  }

  private static Map<String, String> read(byte[] metadata) {
    try {
      return JSON.readValue(metadata, METADATA);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
