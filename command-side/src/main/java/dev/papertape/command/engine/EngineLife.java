package dev.papertape.command.engine;

import dev.papertape.command.alpha.AlphaTail;
import dev.papertape.command.audit.ProvenanceHashes;
import dev.papertape.command.chaos.ActiveExperiment;
import dev.papertape.command.chaos.ChaosState;
import dev.papertape.command.deploy.Releases;
import dev.papertape.command.deploy.ReleasesTail;
import dev.papertape.command.deploy.RolloutConductor;
import dev.papertape.command.engine.EngineCommand.ApplyAlphas;
import dev.papertape.command.engine.EngineCommand.ApplyGuardLimits;
import dev.papertape.command.engine.EngineCommand.ApplyPopulations;
import dev.papertape.command.engine.EngineCommand.ApplyReleases;
import dev.papertape.command.engine.EngineCommand.ApplyTradingState;
import dev.papertape.command.engine.EngineCommand.MarkExperiments;
import dev.papertape.command.features.OnlineFeatures;
import dev.papertape.command.guards.GuardLimitsTail;
import dev.papertape.command.guards.GuardRecovery;
import dev.papertape.command.guards.GuardsRecovered;
import dev.papertape.command.guards.TradingStateTail;
import dev.papertape.command.population.PopulationConductor;
import dev.papertape.command.quality.HeldBars;
import dev.papertape.command.regime.RegimeRecovery;
import dev.papertape.contracts.DomainEvent;
import dev.papertape.contracts.alpha.AlphaEvent.SignalReceived;
import dev.papertape.contracts.alpha.AlphaSpec;
import dev.papertape.contracts.chaos.ChaosCommand;
import dev.papertape.contracts.chaos.ChaosEvent;
import dev.papertape.contracts.deploy.DeployCommand.AssessRollout;
import dev.papertape.contracts.deploy.DeployEvent.RolloutEvent;
import dev.papertape.contracts.deploy.DeployEvent.SlosObserved;
import dev.papertape.contracts.guards.GuardsEvent.GuardLimitChanged;
import dev.papertape.contracts.guards.GuardsEvent.TradingEvent;
import dev.papertape.contracts.market.Symbol;
import dev.papertape.contracts.population.PopulationEvent;
import dev.papertape.contracts.regime.RegimeEvent.RegimeChanged;
import dev.papertape.eventstore.append.FactJournal;
import dev.papertape.eventstore.lease.Epoch;
import dev.papertape.eventstore.log.EventLog;
import dev.papertape.eventstore.log.LoggedEvent;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongFunction;
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
  private final GuardLimitsTail guardLimits;
  private final GuardsRecovered guards;
  private final ReleasesTail releases;
  private final AlphaTail alphas;
  private final RolloutConductor conductor;
  private final PopulationConductor populations;
  private final Releases begunUnder;
  private final List<AlphaSpec> begunWith;
  private final List<RegimeChanged> regimes;
  private final @Nullable SlosObserved begunAt;
  private final OrderWatch watch;
  private final Ending ending;
  private final LifeListener listener;
  private final CandleArchive.Writing candles;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("engine-timer").daemon(true).factory());

  /** Begins a life; {@code onEnd} is called at least once when it cannot go on. */
  @FunctionalInterface
  public interface Factory {
    EngineLife begin(Epoch epoch, Runnable onEnd);
  }

  /**
   * What lives are made of.
   *
   * @param features begins those of a life, given its epoch
   * @param assess has the deployment judge what was counted of a rollout
   * @param training what populations are conducted with
   */
  public record Parts(
      EngineSettings settings,
      EventLog events,
      FactJournal journal,
      Function<LoggedEvent, DomainEvent> decode,
      ProvenanceHashes provenance,
      LongFunction<OnlineFeatures> features,
      MarketFeed feed,
      InstantSource clock,
      LifeListener listener,
      CandleArchive candles,
      Consumer<AssessRollout> assess,
      PopulationConductor.Parts training) {}

  /** The first failure ends the life; what comes after it only follows from it. */
  private static final class Ending {
    private final OrderWatch watch;
    private final Runnable onEnd;
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

    private Ending(OrderWatch watch, Runnable onEnd) {
      this.watch = watch;
      this.onEnd = onEnd;
    }

    private void fail(Throwable cause) {
      if (failure.compareAndSet(null, cause)) {
        watch.endAll(cause);
      }
      onEnd.run();
    }
  }

  private EngineLife(Parts parts, MarketFeed.Opened feed, Epoch epoch, Runnable onEnd) {
    this.feed = feed;
    this.listener = parts.listener();
    this.watch = new OrderWatch();
    this.ending = new Ending(watch, onEnd);
    this.tradingState =
        new TradingStateTail(parts.events(), row -> (TradingEvent) parts.decode().apply(row));
    this.guardLimits =
        new GuardLimitsTail(parts.events(), row -> (GuardLimitChanged) parts.decode().apply(row));
    this.guards =
        new GuardRecovery(parts.events(), parts.decode())
            .recover(tradingState.current(), guardLimits.current());
    this.releases =
        new ReleasesTail(
            parts.events(),
            row -> (RolloutEvent) parts.decode().apply(row),
            parts.settings().baseline());
    this.alphas =
        new AlphaTail(parts.events(), parts.decode(), parts.settings().alphas().configured());
    Function<LoggedEvent, SlosObserved> counts = row -> (SlosObserved) parts.decode().apply(row);
    this.conductor = new RolloutConductor(parts.events(), counts, parts.assess());
    ReleasesTail.Followed followed = releases.current();
    conductor.follow(followed);
    this.begunUnder = followed.releases();
    String runs = followed.runs();
    this.begunAt = runs == null ? null : RolloutConductor.newest(parts.events(), counts, runs);
    Recovered recovered =
        new AccountRecovery(parts.events(), parts.decode(), parts.settings().initialCash())
            .recover(guards, followed.releases(), begunAt);
    EngineJournal journal =
        new EngineJournal(
            parts.journal(),
            epoch,
            (facts, appended) -> {
              watch.durable(facts, appended);
              listener.durable(facts, appended);
            },
            ending::fail);
    HeldBars held =
        new CandleRecovery(parts.events(), parts.decode())
            .recover(
                feed.followsClock() // A recording begins where it begins.
                    ? parts.candles().recall(feed.venues())
                    : Map.of(),
                feed.market());
    OnlineFeatures features = parts.features().apply(epoch.number());
    this.candles = parts.candles().open(); // It has a thread: after all that reads the log.
    this.engine =
        new TradingEngine(
            parts.settings(),
            feed.market(),
            recovered,
            new DeterministicIds(parts.settings().seed(), epoch.number()),
            parts.provenance(),
            features,
            journal,
            watch,
            candles);
    engine.recall(held);
    this.regimes = lastTold(parts, features, feed);
    engine.recall(regimes);
    mark(parts);
    this.begunWith = alphas.current().specs();
    engine.accept(new EngineInput.Mail(new ApplyAlphas(begunWith)));
    if (feed.followsClock()) { // A recording's own time knows nothing of an earlier life's signals.
      recallSignals(parts);
    }
    this.populations =
        new PopulationConductor(
            parts.events(), row -> (PopulationEvent) parts.decode().apply(row), parts.training());
    train(populations.current());
    this.thread = new EngineThread(engine, QUEUE_CAPACITY, ending::fail);
  }

  private static List<RegimeChanged> lastTold(
      Parts parts, OnlineFeatures features, MarketFeed.Opened feed) {
    Set<Symbol> symbols = new TreeSet<>(feed.market().symbols());
    features.tellBars((_, symbol, _, _, _, _) -> symbols.add(symbol));
    return RegimeRecovery.lastTold(parts.events(), parts.decode(), symbols);
  }

  /** Experiments that an earlier life was in the middle of; whoever runs them says what follows. */
  private void mark(Parts parts) {
    List<ActiveExperiment> active =
        ChaosState.EMPTY
            .after(
                parts.events().stream(ChaosCommand.ID, 0).stream()
                    .map(row -> (ChaosEvent) parts.decode().apply(row))
                    .toList())
            .active();
    engine.accept(new EngineInput.Mail(new MarkExperiments(active, new CompletableFuture<>())));
  }

  /** Populations go on from their newest scores. */
  private void train(PopulationConductor.Followed now) {
    engine.accept(
        new EngineInput.Mail(new ApplyPopulations(now.populations(), now.newest(), null)));
  }

  /** The newest signal from outside of each alpha and symbol: the next one must be newer. */
  private void recallSignals(Parts parts) {
    for (String stream : parts.events().streamsOf(SignalReceived.KIND)) {
      parts
          .events()
          .lastOf(stream)
          .map(parts.decode())
          .ifPresent(newest -> engine.recall((SignalReceived) newest));
    }
  }

  /** Recovers, then starts the engine's thread and the feed; leaves nothing open if it throws. */
  public static EngineLife begin(Parts parts, Epoch epoch, Runnable onEnd) {
    MarketFeed.Opened feed = parts.feed().open();
    EngineLife life;
    try {
      life = new EngineLife(parts, feed, epoch, onEnd);
    } catch (RuntimeException | Error unrecovered) {
      feed.close();
      throw unrecovered;
    }
    try {
      life.start(parts.clock());
    } catch (RuntimeException | Error unstarted) {
      life.close();
      throw unstarted;
    }
    return life;
  }

  private void start(InstantSource clock) {
    listener.began(feed.venues());
    if (begunAt != null) {
      listener.recovered(begunAt);
    }
    listener.released(begunUnder);
    listener.alphas(begunWith);
    listener.tripped(guards.tripped());
    listener.regimes(regimes);
    thread.start();
    tradingState.start(
        (state, reason, position) -> thread.change(new ApplyTradingState(state, reason, position)));
    guardLimits.start(limits -> thread.change(new ApplyGuardLimits(limits)));
    alphas.start(
        now -> {
          thread.change(new ApplyAlphas(now.specs()));
          listener.alphas(now.specs());
        });
    releases.start(
        now -> {
          thread.change(new ApplyReleases(now.releases()));
          conductor.follow(now);
          listener.released(now.releases());
        });
    conductor.start();
    populations.start(now -> thread.change(new ApplyPopulations(now, List.of(), null)));
    MarketFeed.Sink queue = input -> thread.frame(new EngineInput.Frame(input));
    if (feed.followsClock()) {
      ArrivalOrder order = new ArrivalOrder(clock, queue, thread::advance);
      feed.start(order::frame);
      long tick = FeedTimeline.TICK.toMillis();
      timer.scheduleAtFixedRate(order::pass, tick, tick, TimeUnit.MILLISECONDS);
    } else {
      feed.start(queue);
    }
  }

  void send(EngineCommand command) {
    thread.mail(command);
  }

  /** Why this life ended, for the log. */
  String endReason() {
    Throwable cause = ending.failure.get();
    return cause == null ? "the lease was lost" : cause.toString();
  }

  /** Stops the feed, then the engine; leaves a checkpoint if the journal still takes one. */
  @Override
  public void close() {
    feed.close();
    timer.shutdownNow();
    tradingState.close();
    guardLimits.close();
    releases.close();
    alphas.close();
    conductor.close();
    populations.close();
    candles.release();
    thread.close();
    candles.close();
    if (ending.failure.get() == null) {
      leaveCheckpoint();
    }
    watch.endAll(new EngineUnavailable.Stopping());
    listener.ended();
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
