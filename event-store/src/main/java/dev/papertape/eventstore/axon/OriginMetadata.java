package dev.papertape.eventstore.axon;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.axonframework.messaging.Message;
import org.axonframework.messaging.correlation.CorrelationDataProvider;

/**
 * Metadata that every event takes over from the command that led to it: the correlation it belongs
 * to, its cause, who asked, and what was in force.
 */
public final class OriginMetadata implements CorrelationDataProvider {
  /** Identifier of the message with which it all began. */
  public static final String CORRELATION_ID = "correlationId";

  /** Identifier of the message that this one follows from. */
  public static final String CAUSATION_ID = "causationId";

  /** Principal or engine part. */
  public static final String ACTOR = "actor";

  private static final List<String> HANDED_ON = List.of(ACTOR, "release", "chaosExperimentId");

  @Override
  public Map<String, ?> correlationDataFor(Message<?> message) {
    Map<String, Object> data = new HashMap<>();
    data.put(
        CORRELATION_ID,
        message.getMetaData().getOrDefault(CORRELATION_ID, message.getIdentifier()));
    data.put(CAUSATION_ID, message.getIdentifier());
    for (String name : HANDED_ON) {
      Object value = message.getMetaData().get(name);
      if (value != null) {
        data.put(name, value);
      }
    }
    return data;
  }
}
