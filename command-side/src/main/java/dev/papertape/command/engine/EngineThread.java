package dev.papertape.command.engine;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread on which the engine lives, and its bounded queue. Frames wait for room (so the
 * socket feels the back-pressure); mail is refused when there is none, so that a caller gets an
 * answer.
 */
public final class EngineThread implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(EngineThread.class);
  private static final int BATCH = 256;
  private static final long LOOK_AT_STOP_MS = 100;

  private final BlockingQueue<EngineInput> queue;
  private final TradingEngine engine;
  private final Consumer<Throwable> onFailure;
  private final Thread thread;
  private volatile boolean stopping;

  /**
   * @param capacity inputs that may wait
   * @param onFailure called once, on the engine's thread, when the engine cannot go on
   */
  public EngineThread(TradingEngine engine, int capacity, Consumer<Throwable> onFailure) {
    this.engine = engine;
    this.queue = new ArrayBlockingQueue<>(capacity);
    this.onFailure = onFailure;
    this.thread = Thread.ofPlatform().name("engine").unstarted(this::run);
  }

  public void start() {
    thread.start();
  }

  /** Queues a frame; waits for room. A frame that comes after the stop is dropped. */
  public void frame(EngineInput.Frame frame) throws InterruptedException {
    put(frame);
  }

  /** Queues a change that must not be missed, a halt above all; waits for room as frames do. */
  public void change(EngineCommand.ApplyTradingState change) throws InterruptedException {
    put(new EngineInput.Mail(change));
  }

  /** As {@link #change(EngineCommand.ApplyTradingState)}: the next decision is made under it. */
  public void change(EngineCommand.ApplyReleases change) throws InterruptedException {
    put(new EngineInput.Mail(change));
  }

  /** As {@link #change(EngineCommand.ApplyTradingState)}: an operator's limit is no less. */
  public void change(EngineCommand.ApplyGuardLimits change) throws InterruptedException {
    put(new EngineInput.Mail(change));
  }

  /** As {@link #change(EngineCommand.ApplyTradingState)}: the next sample is of these alphas. */
  public void change(EngineCommand.ApplyAlphas change) throws InterruptedException {
    put(new EngineInput.Mail(change));
  }

  /** As {@link #change(EngineCommand.ApplyTradingState)}: the next sample is of these members. */
  public void change(EngineCommand.ApplyPopulations change) throws InterruptedException {
    put(new EngineInput.Mail(change));
  }

  private void put(EngineInput input) throws InterruptedException {
    boolean queued = false;
    while (!queued && !stopping) {
      queued = queue.offer(input, LOOK_AT_STOP_MS, TimeUnit.MILLISECONDS);
    }
  }

  /** Queues mail; refuses it at once when the queue is full or the engine stops. */
  public void mail(EngineCommand command) {
    if (stopping || !queue.offer(new EngineInput.Mail(command))) {
      command.refuse(
          stopping ? new EngineUnavailable.Stopping() : new EngineUnavailable.MailboxFull());
    } else if (stopping) {
      refuseWaiting();
    }
  }

  /** Tells the engine the time of a live feed; skipped when the queue is full. */
  public void advance(Instant now) {
    queue.offer(new EngineInput.TimeAdvance(now));
  }

  private void run() {
    Deque<EngineInput> batch = new ArrayDeque<>(BATCH);
    try {
      while (!stopping) {
        EngineInput first = queue.poll(LOOK_AT_STOP_MS, TimeUnit.MILLISECONDS);
        if (first != null) {
          batch.add(first);
          queue.drainTo(batch, BATCH - 1);
          consume(batch);
        }
      }
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException | Error failure) {
      log.error("the engine stopped: {}", failure.toString(), failure);
      stopping = true;
      onFailure.accept(failure);
    } finally {
      stopping = true;
      batch.forEach(EngineThread::refuse);
      refuseWaiting();
    }
  }

  private void consume(Deque<EngineInput> batch) {
    while (!batch.isEmpty() && !stopping) {
      // Taken out afterwards: an input at which the engine fails is refused with the others.
      engine.accept(batch.getFirst());
      batch.removeFirst();
    }
  }

  private void refuseWaiting() {
    EngineInput waiting;
    while ((waiting = queue.poll()) != null) {
      refuse(waiting);
    }
  }

  private static void refuse(EngineInput input) {
    if (input instanceof EngineInput.Mail(EngineCommand command)) {
      command.refuse(new EngineUnavailable.Stopping());
    }
  }

  /** Stops after the input at hand; waiting mail is refused. */
  @Override
  public void close() {
    stopping = true;
    if (Thread.currentThread() == thread) {
      return;
    }
    try {
      thread.join();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
