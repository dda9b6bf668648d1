package dev.papertape.command.engine;

import dev.papertape.contracts.DomainEvent;
import dev.papertape.eventstore.append.IdempotencyClaim;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Where the engine puts what it decided. Called on the engine's thread, in order. */
public interface FactSink {

  /**
   * Hands over facts that belong together: all or none of them will be in the log, in this order.
   * Blocks only when the journal is full.
   */
  FactReceipt append(List<EngineFact> facts, @Nullable IdempotencyClaim claim);

  /**
   * One fact.
   *
   * @param stream for example {@code order:<id>}
   * @param eventId derived from seed, epoch and the fact's number in this engine's life
   * @param origin metadata: actor, correlationId, causationId (id of the event or message that this
   *     one follows from), release
   */
  record EngineFact(
      String stream,
      String streamType,
      UUID eventId,
      DomainEvent event,
      Map<String, String> origin) {}
}
