package dev.papertape.command.engine;

import dev.papertape.contracts.DomainEvent;
import dev.papertape.eventstore.append.IdempotencyClaim;
import java.util.List;
import java.util.Map;
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
   * @param counter number of the fact in this engine's life; its event id is derived from it
   * @param origin metadata: actor, correlationId, causationId, release
   */
  record EngineFact(
      String stream,
      String streamType,
      long counter,
      DomainEvent event,
      Map<String, String> origin) {}
}
