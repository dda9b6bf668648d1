package dev.papertape.command;

import dev.papertape.command.engine.EngineRuntime;
import org.springframework.context.SmartLifecycle;

/**
 * Starts the engine after the projections and the web server, so that what it decides is shown, and
 * stops it before them.
 */
final class EngineLifecycle implements SmartLifecycle {
  /** After the web server's own phase. */
  static final int PHASE = Integer.MAX_VALUE - 512;

  private final EngineRuntime runtime;
  private volatile boolean running;

  EngineLifecycle(EngineRuntime runtime) {
    this.runtime = runtime;
  }

  @Override
  public void start() {
    runtime.start();
    running = true;
  }

  @Override
  public void stop() {
    runtime.close();
    running = false;
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  @Override
  public int getPhase() {
    return PHASE;
  }
}
