package dev.papertape.command.alpha;

import dev.papertape.contracts.alpha.AlphaCommand.RegisterAlpha;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Registers the configured alphas that the log does not know yet; what fails now (the database may
 * be away) is tried again. In every process: what two of them do, happens once.
 */
final class AlphaKeeper implements SmartLifecycle {
  private static final Logger log = LoggerFactory.getLogger(AlphaKeeper.class);

  /** After the command handlers and the web server, before the engine. */
  static final int PHASE = Integer.MAX_VALUE - 600;

  private static final Duration RETRY = Duration.ofSeconds(5);

  private final Supplier<List<RegisterAlpha>> missing;
  private final Consumer<RegisterAlpha> register;
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread thread;
  private volatile boolean running;

  /**
   * @param missing registrations that the log does not have
   */
  AlphaKeeper(Supplier<List<RegisterAlpha>> missing, Consumer<RegisterAlpha> register) {
    this.missing = missing;
    this.register = register;
    this.thread = Thread.ofPlatform().daemon().name("alpha-keeper").unstarted(this::retry);
  }

  @Override
  public void start() {
    running = true;
    if (!registerAll()) {
      thread.start();
    }
  }

  private void retry() {
    try {
      boolean done = false;
      while (!done && !closing.await(RETRY.toMillis(), TimeUnit.MILLISECONDS)) {
        done = registerAll();
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean registerAll() {
    try {
      for (RegisterAlpha each : missing.get()) {
        register.accept(each);
      }
    } catch (RuntimeException failure) {
      log.warn("the alphas cannot be registered yet: {}", failure.toString());
      return false;
    }
    return true;
  }

  @Override
  public void stop() {
    running = false;
    closing.countDown();
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
