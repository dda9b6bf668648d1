package dev.papertape.command.engine;

import dev.papertape.command.engine.DeterministicIds.Kind;
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

/**
 * The engine's ordered, bounded way into the log. Every unit of work carries the engine's epoch;
 * the appender refuses all later ones of an epoch once one of it failed, so what is in the log is
 * always a prefix of what the engine did.
 */
final class EngineJournal implements FactSink {
  private final FactJournal journal;
  private final Epoch epoch;
  private final DeterministicIds ids;
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
      DeterministicIds ids,
      BiConsumer<List<EngineFact>, Appended> onDurable,
      Consumer<Throwable> onFailure) {
    this.journal = journal;
    this.epoch = epoch;
    this.ids = ids;
    this.onDurable = onDurable;
    this.onFailure = onFailure;
  }

  @Override
  public FactReceipt append(List<EngineFact> facts, @Nullable IdempotencyClaim claim) {
    List<Fact> rows = new ArrayList<>(facts.size());
    for (EngineFact fact : facts) {
      rows.add(
          new Fact(
              fact.stream(),
              fact.streamType(),
              ids.uuid(Kind.EVENT, fact.counter()),
              fact.event(),
              fact.origin()));
    }
    try {
      CompletableFuture<Appended> durable = journal.appendWaiting(rows, epoch, claim);
      return new FactReceipt(
          durable.whenComplete(
              (appended, failure) -> {
                if (failure == null) {
                  onDurable.accept(facts, appended);
                } else {
                  onFailure.accept(failure);
                }
              }));
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new EngineUnavailable.Stopping();
    }
  }
}
