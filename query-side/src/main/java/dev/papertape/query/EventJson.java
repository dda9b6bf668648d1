package dev.papertape.query;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import dev.papertape.contracts.DomainEvent;
import dev.papertape.contracts.EventTypes;
import dev.papertape.eventstore.json.CanonicalJson;
import dev.papertape.eventstore.log.LoggedEvent;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Events as the log has them, and views as the read models have them. */
@Component
public final class EventJson {
  private static final Map<String, Class<? extends DomainEvent>> TYPES =
      EventTypes.all().stream()
          .map(type -> type.<DomainEvent>asSubclass(DomainEvent.class))
          .collect(Collectors.toMap(EventTypes::logicalName, Function.identity()));

  private final CanonicalJson canonical;

  public EventJson(CanonicalJson canonical) {
    this.canonical = canonical;
  }

  /** Logical names of all events of these sealed interfaces. */
  public static Set<String> names(Set<Class<? extends DomainEvent>> contexts) {
    return TYPES.entrySet().stream()
        .filter(type -> contexts.stream().anyMatch(c -> c.isAssignableFrom(type.getValue())))
        .map(Map.Entry::getKey)
        .collect(Collectors.toUnmodifiableSet());
  }

  /** Empty for a type that this release does not know. */
  public Optional<DomainEvent> find(LoggedEvent event) {
    return Optional.ofNullable(TYPES.get(event.payloadType()))
        .map(type -> canonical.read(event.payload(), type));
  }

  /**
   * @throws IllegalArgumentException for a type that this release does not know
   */
  public DomainEvent event(LoggedEvent event) {
    return find(event)
        .orElseThrow(
            () -> new IllegalArgumentException("unknown payload type " + event.payloadType()));
  }

  /**
   * @throws IllegalArgumentException for a type that this release does not know
   */
  public DomainEvent event(String payloadType, byte[] payload) {
    Class<? extends DomainEvent> type = TYPES.get(payloadType);
    if (type == null) {
      throw new IllegalArgumentException("unknown payload type " + payloadType);
    }
    return canonical.read(payload, type);
  }

  public JsonNode metadata(LoggedEvent event) {
    return canonical.read(event.metadata(), JsonNode.class);
  }

  public <T> T view(String json, Class<T> type) {
    return canonical.read(json.getBytes(UTF_8), type);
  }

  /**
   * An immutable view as a column value. It becomes text when its batch is written, so a view that
   * changes a thousand times in one batch is serialised once.
   */
  public Object column(Object view) {
    return new Column(canonical, view);
  }

  private record Column(CanonicalJson canonical, Object view) {
    @Override
    public String toString() {
      return new String(canonical.write(view), UTF_8);
    }
  }
}
