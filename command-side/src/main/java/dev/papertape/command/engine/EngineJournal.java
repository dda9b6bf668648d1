package dev.papertape.command.engine;

import dev.papertape.eventstore.append.Appended;
import dev.papertape.eventstore.append.Fact;
import dev.papertape.eventstore.append.FactJournal;
import dev.papertape.eventstore.append.IdempotencyClaim;
import dev.papertape.eventstore.lease.Epoch;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The engine's ordered, bounded way into the log. Every unit of work carries the engine's epoch;
 * the appender refuses all later ones of an epoch once one of it failed, so what is in the log is
 * always a prefix of what the engine did.
 */
final class EngineJournal implements FactSink {
  private static final Logger log = LoggerFactory.getLogger(EngineJournal.class);

  private final FactJournal journal;
  private final Epoch epoch;
  private final BiConsumer<List<EngineFact>, Appended> onDurable;
  private final Consumer<Throwable> onFailure;

  /**
   * @param onDurable told of every unit of work once it is in the log, in order
   * @param onFailure told of every unit of work that is not: the engine must start over from the
   *     log
   */
  EngineJournal(
      FactJournal journal,
      Epoch epoch,
      BiConsumer<List<EngineFact>, Appended> onDurable,
      Consumer<Throwable> onFailure) {
    this.journal = journal;
    this.epoch = epoch;
    this.onDurable = onDurable;
    this.onFailure = onFailure;
  }

  @Override
  public FactReceipt append(List<EngineFact> facts, @Nullable IdempotencyClaim claim) {
    List<Fact> rows = new ArrayList<>(facts.size());
    for (EngineFact fact : facts) {
      rows.add(
          new Fact(fact.stream(), fact.streamType(), fact.eventId(), fact.event(), fact.origin()));
    }
    try {
      CompletableFuture<Appended> durable = journal.appendWaiting(rows, epoch, claim);
      return new FactReceipt(
          durable.whenComplete(
              (appended, failure) -> {
                if (failure == null) {
                  tell(facts, appended);
                } else {
                  onFailure.accept(failure);
                }
              }));
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new EngineUnavailable.Stopping();
    }
  }

  /** A listener that fails must not make a durable fact look as if it were not. */
  private void tell(List<EngineFact> facts, Appended appended) {
    try {
      onDurable.accept(facts, appended);
    } catch (RuntimeException bug) {
      log.error("durable facts from position {} were not shown", appended.first(), bug);
    }
  }
}
