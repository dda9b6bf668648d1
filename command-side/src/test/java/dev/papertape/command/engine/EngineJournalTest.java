package dev.papertape.command.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.papertape.command.engine.FactSink.EngineFact;
import dev.papertape.contracts.execution.ExecutionEvent.PortfolioReset;
import dev.papertape.eventstore.append.AppendFailure;
import dev.papertape.eventstore.append.Appended;
import dev.papertape.eventstore.append.Fact;
import dev.papertape.eventstore.append.FactJournal;
import dev.papertape.eventstore.append.IdempotencyClaim;
import dev.papertape.eventstore.lease.Epoch;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class EngineJournalTest {
  private static final Epoch EPOCH = new Epoch("engine", 3);
  private static final List<EngineFact> UNIT =
      List.of(
          new EngineFact(
              "portfolio:paper",
              "portfolio",
              new UUID(1, 2),
              new PortfolioReset("USDT", EngineRig.CASH, "new", 0, EngineRig.START),
              Map.of("actor", "engine")));

  private final CompletableFuture<Appended> outcome = new CompletableFuture<>();
  private final List<Fact> written = new ArrayList<>();
  private final List<Appended> durable = new ArrayList<>();
  private final List<Throwable> failures = new ArrayList<>();

  private final FactJournal log =
      new FactJournal() {
        @Override
        public CompletableFuture<Appended> append(
            List<Fact> facts, @Nullable Epoch epoch, @Nullable IdempotencyClaim claim) {
          throw new AssertionError("the engine waits for room");
        }

        @Override
        public CompletableFuture<Appended> appendWaiting(
            List<Fact> facts, @Nullable Epoch epoch, @Nullable IdempotencyClaim claim) {
          assertThat(epoch).isEqualTo(EPOCH);
          written.addAll(facts);
          return outcome;
        }
      };

  @Test
  void durableFactsAreToldOnceTheyAre() {
    FactReceipt receipt = journal().append(UNIT, null);
    assertThat(written.getFirst().eventId()).isEqualTo(new UUID(1, 2));
    assertThat(durable).isEmpty();
    Appended appended = new Appended(5, 5, EngineRig.START);
    outcome.complete(appended);
    assertThat(durable).containsExactly(appended);
    assertThat(receipt.durable()).isCompletedWithValue(appended);
    assertThat(failures).isEmpty();
  }

  @Test
  void aRefusedUnitEndsTheLifeAndIsNeverTold() {
    FactReceipt receipt = journal().append(UNIT, null);
    AppendFailure away = new AppendFailure.DatabaseUnavailable(new IOException("away"));
    outcome.completeExceptionally(away);
    assertThat(failures).containsExactly(away);
    assertThat(durable).isEmpty();
    assertThat(receipt.durable()).isCompletedExceptionally();
  }

  @Test
  void aListenerThatFailsDoesNotUnmakeWhatIsDurable() {
    EngineJournal journal =
        new EngineJournal(
            log,
            EPOCH,
            (facts, appended) -> {
              throw new IllegalStateException("bug");
            },
            failures::add);
    FactReceipt receipt = journal.append(UNIT, null);
    outcome.complete(new Appended(5, 5, EngineRig.START));
    assertThat(receipt.durable()).isCompleted();
    assertThat(failures).isEmpty();
  }

  private EngineJournal journal() {
    return new EngineJournal(log, EPOCH, (facts, appended) -> durable.add(appended), failures::add);
  }
}
