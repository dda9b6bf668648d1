package dev.papertape.command.chaos;

import dev.papertape.command.engine.EngineUnavailable;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread on which a desk works while the engine's lease is here; a new desk for each life of
 * the engine. Does what callers ask between two of its steps.
 */
final class ChaosRunner implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(ChaosRunner.class);
  private static final Duration BUSY = Duration.ofMillis(25);

  /** Shorter than the engine stands by between two lives, so that none passes unnoticed. */
  private static final Duration IDLE = Duration.ofMillis(150);

  private static final int MOST_WAITING = 64;

  private final BooleanSupplier isHolder;
  private final Supplier<ChaosDesk> desks;
  private final FaultPort port;
  private final BlockingQueue<Asked<?>> asked = new ArrayBlockingQueue<>(MOST_WAITING);
  private final Thread thread;
  private volatile boolean closing;
  private @Nullable ChaosDesk desk;

  /** Something that a caller wants done on the runner's thread. */
  private record Asked<T>(Function<ChaosDesk, T> work, CompletableFuture<T> reply) {
    void run(ChaosDesk at) {
      try {
        reply.complete(work.apply(at));
      } catch (RuntimeException failure) {
        reply.completeExceptionally(failure);
      }
    }
  }

  /**
   * @param isHolder whether the engine lives here just now
   * @param desks opens one for a life of the engine: takes back what is found unfinished
   */
  ChaosRunner(BooleanSupplier isHolder, Supplier<ChaosDesk> desks, FaultPort port) {
    this.isHolder = isHolder;
    this.desks = desks;
    this.port = port;
    this.thread = Thread.ofPlatform().name("chaos-runner").unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  /** Has it done between two steps; refused at once when too many wait. */
  <T> CompletableFuture<T> ask(Function<ChaosDesk, T> work) {
    Asked<T> one = new Asked<>(work, new CompletableFuture<>());
    if (!closing && asked.offer(one)) {
      if (closing) {
        refuseWaiting();
      }
    } else {
      one.reply.completeExceptionally(
          closing ? new EngineUnavailable.Stopping() : new EngineUnavailable.MailboxFull());
    }
    return one.reply;
  }

  private void run() {
    while (!closing) {
      try {
        boolean busy = desk != null && !desk.isIdle();
        Asked<?> next = asked.poll((busy ? BUSY : IDLE).toMillis(), TimeUnit.MILLISECONDS);
        work(next);
      } catch (InterruptedException stop) {
        Thread.currentThread().interrupt();
        break;
      } catch (RuntimeException failure) {
        log.warn("chaos: a step failed and is done again: {}", failure.toString());
      }
    }
    port.disarmAll();
    refuseWaiting();
  }

  private void work(@Nullable Asked<?> next) {
    try {
      ChaosDesk open = isHolder.getAsBoolean() ? opened() : closed();
      if (next != null && open != null) {
        next.run(open);
      } else if (next != null) {
        next.reply.completeExceptionally(new EngineUnavailable.NotLeaseHolder());
      }
      if (open != null) {
        open.step();
      }
    } catch (RuntimeException failure) {
      if (next != null) {
        next.reply.completeExceptionally(failure); // Nothing where it was answered already.
      }
      throw failure;
    }
  }

  private ChaosDesk opened() {
    ChaosDesk open = desk;
    if (open == null) {
      open = desks.get();
      desk = open;
    }
    return open;
  }

  private @Nullable ChaosDesk closed() {
    if (desk != null) {
      port.disarmAll();
      desk = null;
    }
    return null;
  }

  private void refuseWaiting() {
    Asked<?> waiting;
    while ((waiting = asked.poll()) != null) {
      waiting.reply.completeExceptionally(new EngineUnavailable.Stopping());
    }
  }

  /** Ends the thread; every fault is off when this returns, what is recorded follows at a start. */
  @Override
  public void close() {
    closing = true;
    try {
      thread.join();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
