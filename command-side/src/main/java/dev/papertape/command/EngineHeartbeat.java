package dev.papertape.command;

import dev.papertape.command.engine.EngineCommand.ReadStatus;
import dev.papertape.command.engine.EngineRuntime;
import dev.papertape.command.engine.EngineStatus;
import dev.papertape.eventstore.heartbeat.HeartbeatContributor;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The engine's books for {@code /api/health}, wherever that is asked. */
final class EngineHeartbeat implements HeartbeatContributor {
  private static final long LONGEST_WAIT_MS = 500;

  private final EngineRuntime runtime;

  EngineHeartbeat(EngineRuntime runtime) {
    this.runtime = runtime;
  }

  @Override
  public String name() {
    return "feeds";
  }

  @Override
  public Object value() {
    if (!runtime.isHolder()) {
      return List.of();
    }
    CompletableFuture<EngineStatus> status = new CompletableFuture<>();
    runtime.send(new ReadStatus(status));
    try {
      return status.get(LONGEST_WAIT_MS, TimeUnit.MILLISECONDS).feeds();
    } catch (ExecutionException | TimeoutException busy) {
      return List.of();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return List.of();
    }
  }
}
