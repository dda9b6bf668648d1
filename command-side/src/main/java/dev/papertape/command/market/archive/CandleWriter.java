package dev.papertape.command.market.archive;

import dev.papertape.command.engine.CandleArchive;
import dev.papertape.command.engine.RepeatedFailure;
import dev.papertape.command.market.JudgedCandle;
import dev.papertape.contracts.market.Bar;
import dev.papertape.contracts.market.Symbol;
import dev.papertape.contracts.market.Venue;
import dev.papertape.contracts.quality.QualityReason;
import dev.papertape.eventstore.market.CandleStore;
import dev.papertape.eventstore.market.CandleWrite;
import dev.papertape.eventstore.market.StoredCandle;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes one engine life's candles from a thread of its own. While the database is away they wait;
 * when {@value #CAPACITY} do (five days of nine streams' minutes), the engine waits too, as it does
 * for its journal in the same database: nothing is dropped. What cannot be written before the
 * engine must stop is counted and said; its minutes are not covered, so the next life fetches them.
 */
final class CandleWriter implements CandleArchive.Writing {
  static final int CAPACITY = 65_536;
  private static final Logger log = LoggerFactory.getLogger(CandleWriter.class);
  private static final int BATCH = 2_000;
  private static final long LOOK_MS = 100;
  private static final Duration CLOSE_WAIT = Duration.ofSeconds(5);
  private static final Duration FIRST_RETRY = Duration.ofMillis(200);
  private static final Duration LONGEST_RETRY = Duration.ofSeconds(5);

  /** Classes of SQLState that say that the data are at fault: trying again will not help. */
  private static final List<String> DATA_AT_FAULT = List.of("22", "23");

  private final BlockingQueue<CandleWrite> queue;
  private final CandleStore store;
  private final WriterMetrics metrics;
  private final RepeatedFailure failure;
  private final Thread thread;
  private volatile boolean released;
  private volatile boolean closing;

  /** Owned by who puts. */
  private boolean dropped;

  CandleWriter(CandleStore store, WriterMetrics metrics, InstantSource clock) {
    this(store, metrics, clock, CAPACITY);
  }

  CandleWriter(CandleStore store, WriterMetrics metrics, InstantSource clock, int capacity) {
    this.store = store;
    this.metrics = metrics;
    this.queue = new ArrayBlockingQueue<>(capacity);
    this.failure = new RepeatedFailure(FIRST_RETRY, LONGEST_RETRY, clock);
    this.thread = Thread.ofPlatform().daemon().name("candle-writer").start(this::run);
  }

  @Override
  public void judged(JudgedCandle candle) {
    switch (candle.outcome()) {
      case PASSED -> put(new CandleWrite.Observed(stored(candle, StoredCandle.ACCEPTED)));
      case FLAGGED -> put(new CandleWrite.Observed(stored(candle, StoredCandle.FLAGGED)));
      case QUARANTINED -> put(new CandleWrite.Observed(stored(candle, StoredCandle.QUARANTINED)));
      case RELEASED -> put(new CandleWrite.Ruled(stored(candle, StoredCandle.FLAGGED)));
      case CONDEMNED -> put(new CandleWrite.Ruled(stored(candle, StoredCandle.QUARANTINED)));
      case REJECTED -> {}
    }
  }

  @Override
  public void covered(Venue venue, Symbol symbol, Instant from, Instant to) {
    put(new CandleWrite.Covered(venue.name(), symbol.value(), from, to));
  }

  private static StoredCandle stored(JudgedCandle judged, String state) {
    Bar bar = judged.candle().bar();
    return new StoredCandle(
        judged.candle().venue().name(),
        judged.candle().symbol().value(),
        bar.openTime(),
        bar.open(),
        bar.high(),
        bar.low(),
        bar.close(),
        bar.volume(),
        bar.vwap(),
        bar.trades(),
        judged.origin().name(),
        state,
        judged.reasons().stream().map(QualityReason::name).toList(),
        judged.receivedAt(),
        0);
  }

  private void put(CandleWrite write) {
    if (dropped || !isTaken(write)) {
      dropped = true; // What follows must not say of these minutes that they are complete.
      metrics.unwritten.increment();
    }
    metrics.waiting.set(queue.size());
  }

  private boolean isTaken(CandleWrite write) {
    try {
      boolean taken = thread.isAlive() && queue.offer(write);
      while (!taken && !released && thread.isAlive()) {
        taken = queue.offer(write, LOOK_MS, TimeUnit.MILLISECONDS);
      }
      return taken;
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private void run() {
    List<CandleWrite> batch = new ArrayList<>(BATCH);
    try {
      while (!closing || !queue.isEmpty() || !batch.isEmpty()) {
        if (batch.isEmpty()) {
          CandleWrite first = queue.poll(LOOK_MS, TimeUnit.MILLISECONDS);
          if (first == null) {
            continue;
          }
          batch.add(first);
          queue.drainTo(batch, BATCH - 1);
        }
        if (written(batch)) {
          batch.clear();
          metrics.waiting.set(queue.size());
        } else {
          TimeUnit.MILLISECONDS.sleep(failure.untilNextTry().toMillis());
        }
      }
    } catch (InterruptedException givenUp) {
      Thread.currentThread().interrupt();
    } finally {
      giveUp(batch.size() + queue.size());
    }
  }

  /** False when it is to be tried again. */
  private boolean written(List<CandleWrite> batch) {
    try {
      count(store.write(batch));
      failure.isOver();
      return true;
    } catch (SQLException failed) {
      String state = failed.getSQLState();
      if (state != null && DATA_AT_FAULT.stream().anyMatch(state::startsWith)) {
        return writtenOneByOne(batch, failed);
      }
      return waitsAfter(failed);
    } catch (RuntimeException failed) {
      return waitsAfter(failed);
    }
  }

  private boolean waitsAfter(Exception failed) {
    failure.happened(failed).ifPresent(why -> log.warn("candles wait for the database: {}", why));
    return false;
  }

  private boolean writtenOneByOne(List<CandleWrite> batch, SQLException atFault) {
    if (batch.size() == 1) {
      metrics.refused.increment();
      log.error("the database refuses {}: {}", batch.getFirst(), atFault.getMessage());
      return true;
    }
    while (!batch.isEmpty()) {
      if (!written(new ArrayList<>(batch.subList(0, 1)))) {
        return false;
      }
      batch.removeFirst();
    }
    return true;
  }

  private void count(CandleStore.Written written) {
    metrics.added.increment(written.added());
    metrics.revised.increment(written.revised());
  }

  private void giveUp(int left) {
    if (left > 0) {
      metrics.unwritten.increment(left);
      log.warn("{} candles were not stored; they will be fetched again", left);
    }
    metrics.waiting.set(0);
  }

  @Override
  public void release() {
    released = true;
  }

  @Override
  public void close() {
    released = true;
    closing = true;
    try {
      if (!thread.join(CLOSE_WAIT)) {
        thread.interrupt();
        if (!thread.join(CLOSE_WAIT)) {
          log.warn("the database does not let go of {}", thread.getName());
        }
      }
    } catch (InterruptedException interrupted) {
      thread.interrupt();
      Thread.currentThread().interrupt();
    }
  }
}
