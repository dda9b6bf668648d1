package dev.papertape.command.engine;

import dev.papertape.command.audit.ProvenanceHashes;
import dev.papertape.command.engine.EngineCommand.ApplyTradingState;
import dev.papertape.command.guards.TradingStateTail;
import dev.papertape.contracts.DomainEvent;
import dev.papertape.contracts.guards.GuardsEvent;
import dev.papertape.contracts.guards.TradingState;
import dev.papertape.eventstore.append.Appended;
import dev.papertape.eventstore.append.FactJournal;
import dev.papertape.eventstore.lease.Epoch;
import dev.papertape.eventstore.log.EventLog;
import dev.papertape.eventstore.log.LoggedEvent;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One life of the engine under one epoch: recovered from the log, fed by the market, ended by the
 * first failure of its journal, its thread or its lease.
 */
public final class EngineLife implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(EngineLife.class);
  private static final int QUEUE_CAPACITY = 16_384;
  private static final long CHECKPOINT_WAIT_MS = 2_000;

  private final TradingEngine engine;
  private final EngineThread thread;
  private final MarketFeed.Opened feed;
  private final TradingStateTail tradingState;
  private final OrderWatch watch;
  private final ScheduledExecutorService timer;
  private final Runnable onEnd;
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

  /** Begins a life; {@code onEnd} is called at least once when it cannot go on. */
  @FunctionalInterface
  public interface Factory {
    EngineLife begin(Epoch epoch, Runnable onEnd);
  }

  /** Told of every unit of work of the engine that is in the log, in order. */
  @FunctionalInterface
  public interface DurableFacts {
    void durable(List<FactSink.EngineFact> facts, Appended appended);
  }

  /** What lives are made of. */
  public record Parts(
      EngineSettings settings,
      EventLog events,
      FactJournal journal,
      Function<LoggedEvent, DomainEvent> decode,
      ProvenanceHashes provenance,
      MarketFeed feed,
      InstantSource clock,
      DurableFacts listener) {}

  private EngineLife(Parts parts, Epoch epoch, Runnable onEnd) {
    this.onEnd = onEnd;
    this.watch = new OrderWatch();
    this.feed = parts.feed().open();
    this.tradingState =
        new TradingStateTail(
            parts.events(),
            row -> (GuardsEvent) parts.decode().apply(row),
            (state, reason, position) -> send(new ApplyTradingState(state, reason, position)));
    TradingState state = tradingState.current();
    Recovered recovered =
        new AccountRecovery(parts.events(), parts.decode(), parts.settings().initialCash())
            .recover(state);
    DeterministicIds ids = new DeterministicIds(parts.settings().seed(), epoch.number());
    EngineJournal journal =
        new EngineJournal(
            parts.journal(),
            epoch,
            ids,
            (facts, appended) -> {
              watch.durable(facts, appended);
              parts.listener().durable(facts, appended);
            },
            this::fail);
    this.engine =
        new TradingEngine(
            parts.settings(), feed.market(), recovered, ids, parts.provenance(), journal, watch);
    this.thread = new EngineThread(engine, QUEUE_CAPACITY, this::fail);
    this.timer =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("engine-timer").daemon(true).factory());
    if (feed.followsClock()) {
      long tick = FeedTimeline.TICK.toMillis();
      timer.scheduleAtFixedRate(
          () -> thread.advance(parts.clock().instant()), tick, tick, TimeUnit.MILLISECONDS);
    }
  }

  /** Recovers, then starts the engine's thread and the feed. */
  public static EngineLife begin(Parts parts, Epoch epoch, Runnable onEnd) {
    EngineLife life = new EngineLife(parts, epoch, onEnd);
    life.thread.start();
    life.tradingState.start();
    life.feed.start(input -> life.thread.frame(new EngineInput.Frame(input)));
    return life;
  }

  void send(EngineCommand command) {
    thread.mail(command);
  }

  /** Why this life ended, for the log. */
  String endReason() {
    Throwable cause = failure.get();
    return cause == null ? "the lease was lost" : cause.toString();
  }

  private void fail(Throwable cause) {
    if (failure.compareAndSet(null, cause)) {
      watch.failAll(cause);
    }
    onEnd.run();
  }

  /** Stops the feed, then the engine; leaves a checkpoint if the journal still takes one. */
  @Override
  public void close() {
    feed.close();
    timer.shutdownNow();
    tradingState.close();
    thread.close();
    if (failure.get() == null) {
      leaveCheckpoint();
    }
    watch.failAll(new EngineUnavailable.Stopping());
  }

  private void leaveCheckpoint() {
    try {
      FactReceipt receipt = engine.checkpoint();
      if (receipt != null) {
        receipt.durable().get(CHECKPOINT_WAIT_MS, TimeUnit.MILLISECONDS);
      }
    } catch (ExecutionException | TimeoutException | RuntimeException late) {
      log.warn("the engine stops without a checkpoint: {}", late.toString());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
