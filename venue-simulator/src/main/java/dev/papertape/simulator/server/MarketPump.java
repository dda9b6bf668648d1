package dev.papertape.simulator.server;

import dev.papertape.simulator.config.SimulatorConfig;
import dev.papertape.simulator.market.SimulatedMarket;
import dev.papertape.simulator.wire.StreamSink;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The thread that keeps the market at simulated time and lets its messages go when they are due.
 * Others read the market through {@link #read}. After a pause of the process it catches up step by
 * step, so that the course of the market stays the same.
 */
public final class MarketPump implements AutoCloseable {

  private static final int STEPS_PER_TURN = 50;
  private static final long TEND_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final SimulatedMarket market;
  private final MarketTape tape;
  private final SimulatedClock clock;
  private final Map<String, DelayLine> lines;
  private final Map<String, VenueStreams> streams;
  private final ReentrantLock marketLock = new ReentrantLock();
  private final StreamSink sink = new DelayedSink();
  private final Thread thread;
  private volatile boolean closing;
  private volatile @Nullable Throwable failure;

  MarketPump(
      SimulatedMarket market,
      MarketTape tape,
      SimulatedClock clock,
      Map<String, DelayLine> lines,
      Map<String, VenueStreams> streams) {
    this.market = market;
    this.tape = tape;
    this.clock = clock;
    this.lines = Map.copyOf(lines);
    this.streams = Map.copyOf(streams);
    this.thread = Thread.ofPlatform().name("simulated-market").daemon().unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  /** Looks at the market between two steps; keep it short, the market waits. */
  <T> T read(Function<SimulatedMarket, T> question) {
    marketLock.lock();
    try {
      return question.apply(market);
    } finally {
      marketLock.unlock();
    }
  }

  /** Why the market stands still, if it does. */
  @Nullable Throwable failure() {
    return failure;
  }

  private void run() {
    try {
      long nextTend = TEND_NANOS;
      long started = System.nanoTime();
      while (!closing) {
        boolean behind = step();
        long now = clock.millis();
        lines.forEach((venue, line) -> line.release(now, streamsOf(venue)::publish));
        if (System.nanoTime() - started >= nextTend) {
          nextTend += TEND_NANOS;
          streams.values().forEach(VenueStreams::tend);
        }
        if (!behind) {
          LockSupport.parkNanos(this, clock.nanosUntil(nextDue()));
        }
      }
    } catch (RuntimeException | Error e) {
      failure = e;
      System.getLogger(MarketPump.class.getName())
          .log(System.Logger.Level.ERROR, "the simulated market stopped", e);
      streams.values().forEach(VenueStreams::drop);
    }
  }

  /** Steps up to now, but not for ever. */
  private boolean step() {
    long now = clock.millis();
    marketLock.lock();
    try {
      welcome();
      for (int i = 0; i < STEPS_PER_TURN; i++) {
        if (market.millis() + SimulatorConfig.STEP_MILLIS > now) {
          return false;
        }
        tape.step(sink);
      }
      return true;
    } finally {
      marketLock.unlock();
    }
  }

  /** Newcomers get their snapshot in line with what is underway already. */
  private void welcome() {
    streams.forEach(
        (venue, listeners) -> {
          for (VenueStreams.Newcomer newcomer = listeners.nextNewcomer();
              newcomer != null;
              newcomer = listeners.nextNewcomer()) {
            String stream = newcomer.stream();
            StreamSession session = newcomer.session();
            tape.snapshot(venue, stream)
                .ifPresent(json -> line(venue).put(market.millis(), stream, json, session));
          }
        });
  }

  private DelayLine line(String venue) {
    DelayLine line = lines.get(venue);
    if (line == null) {
      throw new IllegalStateException("no venue " + venue);
    }
    return line;
  }

  private long nextDue() {
    long due = market.millis() + SimulatorConfig.STEP_MILLIS;
    for (DelayLine line : lines.values()) {
      OptionalLong leaves = line.nextLeaves();
      due = Math.min(due, leaves.orElse(due));
    }
    return due;
  }

  private VenueStreams streamsOf(String venue) {
    VenueStreams found = streams.get(venue);
    if (found == null) {
      throw new IllegalStateException("no venue " + venue);
    }
    return found;
  }

  /** Stops the market; returns when its thread has ended. */
  @Override
  public void close() {
    closing = true;
    LockSupport.unpark(thread);
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private final class DelayedSink implements StreamSink {

    @Override
    public boolean wants(String venue, String stream) {
      return streamsOf(venue).wants(stream);
    }

    @Override
    public void accept(String venue, String stream, long eventMillis, String json) {
      line(venue).put(eventMillis, stream, json);
    }
  }
}
