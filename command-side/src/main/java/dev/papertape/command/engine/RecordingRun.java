package dev.papertape.command.engine;

import dev.papertape.command.audit.ProvenanceHashes;
import dev.papertape.command.engine.EngineCommand.PlaceOrder;
import dev.papertape.command.features.OnlineFeatures;
import dev.papertape.command.market.MarketInput;
import dev.papertape.command.market.MarketState;
import dev.papertape.contracts.DomainEvent;
import dev.papertape.contracts.execution.OrderIntent;
import dev.papertape.eventstore.append.Appended;
import dev.papertape.eventstore.append.FactJournal;
import dev.papertape.eventstore.lease.Epoch;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Plays a recording, or candles, through the engine as fast as it goes, on the caller's thread,
 * into a fresh log. The engine is the one that trades live; only the clock and the queue are
 * missing.
 */
public final class RecordingRun {
  private static final int PROGRESS_EVERY = 4_096;
  private static final byte[] NOTHING = {};

  /** What was handed over is as durable as it will ever be. */
  private static final FactReceipt UNKEPT =
      new FactReceipt(CompletableFuture.completedFuture(new Appended(1, 1, Instant.EPOCH)));

  private final TradingEngine engine;
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
  private CompletableFuture<@Nullable Void> durable = CompletableFuture.completedFuture(null);

  /**
   * @param epoch the engine's lease, held by the caller
   */
  public RecordingRun(
      EngineSettings settings,
      MarketState market,
      FactJournal journal,
      Epoch epoch,
      ProvenanceHashes provenance) {
    DeterministicIds ids = new DeterministicIds(settings.seed(), epoch.number());
    OrderWatch watch = new OrderWatch();
    EngineJournal engineJournal =
        new EngineJournal(
            journal, epoch, watch::durable, cause -> failure.compareAndSet(null, cause));
    FactSink sink =
        (facts, claim) -> {
          FactReceipt receipt = engineJournal.append(facts, claim);
          durable = receipt.durable().thenApply(RecordingRun::nothing);
          return receipt;
        };
    this.engine = engine(settings, market, ids, provenance, sink, watch);
  }

  private RecordingRun(EngineSettings settings, MarketState market, Consumer<DomainEvent> facts) {
    FactSink sink =
        (batch, claim) -> {
          batch.forEach(fact -> facts.accept(fact.event()));
          return UNKEPT;
        };
    this.engine =
        engine(
            settings,
            market,
            new DeterministicIds(settings.seed(), 0),
            new ProvenanceHashes(_ -> NOTHING),
            sink,
            new OrderWatch());
  }

  /**
   * A run of which nothing is written down, for how fast it is: decisions carry hashes of nothing.
   *
   * @param facts is told every fact, in order
   */
  public static RecordingRun unrecorded(
      EngineSettings settings, MarketState market, Consumer<DomainEvent> facts) {
    return new RecordingRun(settings, market, facts);
  }

  private static TradingEngine engine(
      EngineSettings settings,
      MarketState market,
      DeterministicIds ids,
      ProvenanceHashes provenance,
      FactSink sink,
      OrderWatch watch) {
    return new TradingEngine(
        settings,
        market,
        Recovered.nothing(settings),
        ids,
        provenance,
        OnlineFeatures.unkept(settings.pace().bar()),
        sink,
        watch);
  }

  /**
   * Plays to the end, leaves a checkpoint, and waits until all of it is in the log.
   *
   * @param progress told the number of frames from time to time
   * @return frames merged
   * @throws IllegalStateException if the journal failed: the log holds a prefix of the run
   */
  public long play(Iterator<? extends MarketInput> inputs, LongConsumer progress)
      throws InterruptedException {
    return play(inputs, input -> null, progress);
  }

  /**
   * As {@link #play(Iterator, LongConsumer)}, with orders from outside between the frames.
   *
   * @param orders the order to place right after a frame, null for none
   */
  public long play(
      Iterator<? extends MarketInput> inputs,
      Function<MarketInput, @Nullable OrderIntent> orders,
      LongConsumer progress)
      throws InterruptedException {
    return playWithMail(
        inputs,
        input -> {
          OrderIntent order = orders.apply(input);
          return order == null ? List.of() : List.of(mail(order));
        },
        progress);
  }

  /**
   * As {@link #play(Iterator, LongConsumer)}, with mail between the frames.
   *
   * @param mail consumed in order right after a frame
   */
  public long playWithMail(
      Iterator<? extends MarketInput> inputs,
      Function<MarketInput, List<? extends EngineCommand>> mail,
      LongConsumer progress)
      throws InterruptedException {
    while (inputs.hasNext() && failure.get() == null) {
      MarketInput input = inputs.next();
      engine.accept(new EngineInput.Frame(input));
      for (EngineCommand command : mail.apply(input)) {
        engine.accept(new EngineInput.Mail(command));
      }
      if (engine.frames() % PROGRESS_EVERY == 0) {
        progress.accept(engine.frames());
      }
    }
    FactReceipt last = engine.checkpoint();
    try {
      if (last != null) {
        last.durable().get();
      }
      durable.get();
    } catch (ExecutionException failed) {
      failure.compareAndSet(null, failed.getCause());
    }
    Throwable cause = failure.get();
    if (cause != null) {
      throw new IllegalStateException(
          "the run could not be recorded: " + cause.getMessage(), cause);
    }
    progress.accept(engine.frames());
    return engine.frames();
  }

  private static PlaceOrder mail(OrderIntent order) {
    return new PlaceOrder(
        order, Map.of("actor", "run"), orderId -> null, new CompletableFuture<>());
  }

  private static @Nullable Void nothing(Appended appended) {
    return null;
  }
}
