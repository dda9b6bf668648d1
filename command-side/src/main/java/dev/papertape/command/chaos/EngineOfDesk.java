package dev.papertape.command.chaos;

import dev.papertape.command.engine.EngineCommand.MarkExperiments;
import dev.papertape.command.engine.EngineCommand.ReadStatus;
import dev.papertape.command.engine.EngineMailbox;
import dev.papertape.command.engine.EngineStatus;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** The engine through its mailbox; whoever does not answer in a second is silent. */
record EngineOfDesk(EngineMailbox mailbox) implements ChaosDesk.Engine {
  private static final Duration ANSWERS_WITHIN = Duration.ofSeconds(1);

  @Override
  public @Nullable EngineStatus status() {
    CompletableFuture<EngineStatus> status = new CompletableFuture<>();
    mailbox.send(new ReadStatus(status));
    return answer(status);
  }

  @Override
  public boolean mark(List<ActiveExperiment> active) {
    CompletableFuture<Void> marked = new CompletableFuture<>();
    mailbox.send(new MarkExperiments(active, marked));
    answer(marked);
    return marked.isDone() && !marked.isCompletedExceptionally();
  }

  private static <T> @Nullable T answer(CompletableFuture<T> future) {
    try {
      return future.get(ANSWERS_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException silent) {
      return null;
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      return null;
    }
  }
}
