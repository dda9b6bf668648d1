package dev.papertape.command.engine;

import dev.papertape.command.audit.ProvenanceHashes;
import dev.papertape.command.deploy.ReleasePolicy;
import dev.papertape.command.engine.EngineCommand.ApplyTradingState;
import dev.papertape.command.engine.EngineCommand.PlaceOrder;
import dev.papertape.command.engine.FactSink.EngineFact;
import dev.papertape.command.features.OnlineFeatures;
import dev.papertape.command.fixtures.MemoryLog;
import dev.papertape.command.market.Arrival;
import dev.papertape.command.market.Integrity.UpdateIds;
import dev.papertape.command.market.PriceLevels;
import dev.papertape.command.market.SnapshotRequests;
import dev.papertape.command.market.VenueInput;
import dev.papertape.command.market.VenueProfile;
import dev.papertape.command.market.book.MarketLimits;
import dev.papertape.command.market.book.VenueBooks;
import dev.papertape.contracts.DomainEvent;
import dev.papertape.contracts.execution.ExecutionEvent.OrderEvent;
import dev.papertape.contracts.execution.OrderIntent;
import dev.papertape.contracts.execution.Side;
import dev.papertape.contracts.execution.TimeInForce;
import dev.papertape.contracts.guards.TradingState;
import dev.papertape.contracts.market.InstrumentRules;
import dev.papertape.contracts.market.IntegrityScheme;
import dev.papertape.contracts.market.Symbol;
import dev.papertape.contracts.market.Venue;
import dev.papertape.contracts.market.VenueFees;
import dev.papertape.contracts.market.VenueKind;
import dev.papertape.contracts.market.VenueLatency;
import dev.papertape.eventstore.append.Appended;
import dev.papertape.eventstore.append.IdempotencyClaim;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * An engine over one venue's real book, told frame by frame; its facts go into a log at once. Taker
 * fee 10 bps, latency 5 + 20 + 5 = 30 ms, tick 0.01, lot 0.001.
 */
final class EngineRig {
  static final Venue VENUE = new Venue("BINANCE");
  static final Symbol BTC = new Symbol("BTC-USDT");
  static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  static final BigDecimal CASH = new BigDecimal("1000000");

  final MemoryLog log;
  final OrderWatch watch = new OrderWatch();
  final Recovered recovered;
  final TradingEngine engine;
  private long ordinal;
  private long updateId = 100;
  private long millis;

  EngineRig() {
    this(new MemoryLog(), 1, 1, Recovered.nothing(settings(1)));
  }

  EngineRig(MemoryLog log, long seed, long epoch, Recovered recovered) {
    this(log, seed, epoch, recovered, OnlineFeatures.unkept());
  }

  EngineRig(MemoryLog log, long seed, long epoch, Recovered recovered, OnlineFeatures features) {
    this.log = log;
    this.recovered = recovered;
    this.engine =
        new TradingEngine(
            settings(seed),
            books(),
            recovered,
            new DeterministicIds(seed, epoch),
            provenance(),
            features,
            (facts, claim) -> {
              Appended appended = into(log, facts);
              watch.durable(facts, appended);
              return new FactReceipt(CompletableFuture.completedFuture(appended));
            },
            watch);
  }

  static EngineSettings settings(long seed) {
    return new EngineSettings(
        seed, ReleasePolicy.baseline("r1"), CASH, Duration.ofSeconds(5), Duration.ofSeconds(10));
  }

  static ProvenanceHashes provenance() {
    return new ProvenanceHashes(MemoryLog.json()::write);
  }

  static VenueBooks books() {
    VenueProfile profile =
        new VenueProfile(
            VENUE,
            VenueKind.RECORDED,
            List.of("file"),
            new VenueFees(10, 10),
            new VenueLatency(5, 20, 5),
            List.of("L2"),
            IntegrityScheme.SEQUENCE);
    return new VenueBooks(
        List.of(profile), MarketLimits.defaults(), SnapshotRequests.NONE, new Random(1));
  }

  static Appended into(MemoryLog log, List<EngineFact> facts) {
    Appended first = null;
    Appended last = null;
    for (EngineFact fact : facts) {
      last =
          log.append(fact.stream(), fact.streamType(), fact.eventId(), fact.event(), fact.origin());
      first = first == null ? last : first;
    }
    if (first == null || last == null) {
      throw new IllegalStateException("an empty unit of work");
    }
    return new Appended(first.first(), last.last(), last.recordedAt());
  }

  /** Lists, connects and syncs: bid 99.00 x 10, ask 101.00 x 10, so the mid is 100. */
  EngineRig open() {
    opening().forEach(this::frame);
    return this;
  }

  List<VenueInput> opening() {
    return List.of(
        new VenueInput.InstrumentsListed(
            arrival(),
            List.of(
                new InstrumentRules(
                    BTC,
                    "BTCUSDT",
                    new BigDecimal("0.01"),
                    new BigDecimal("0.001"),
                    BigDecimal.TEN))),
        new VenueInput.SocketOpened(arrival(), "file"),
        new VenueInput.DepthSnapshot(
            arrival(),
            BTC,
            UpdateIds.ofSnapshot(updateId),
            null,
            PriceLevels.of("99.00", "10"),
            PriceLevels.of("101.00", "10"),
            VenueInput.DepthSnapshot.INLINE),
        diff(PriceLevels.NONE, PriceLevels.NONE));
  }

  /** Frames from here on are received at this moment. */
  EngineRig at(long millisAfterStart) {
    millis = millisAfterStart;
    return this;
  }

  Instant now() {
    return START.plusMillis(millis);
  }

  /** A frame that changes nothing but the time. */
  EngineRig still() {
    frame(diff(PriceLevels.NONE, PriceLevels.NONE));
    return this;
  }

  /** Asks at absolute quantities: price, quantity, price, quantity, … */
  EngineRig asks(String... levels) {
    frame(diff(PriceLevels.NONE, PriceLevels.of(levels)));
    return this;
  }

  /** One still frame every 100 ms up to and including the moment. */
  EngineRig quietUntil(long millisAfterStart) {
    for (long next = millis + 100; next <= millisAfterStart; next += 100) {
      at(next).still();
    }
    return this;
  }

  VenueInput diff(PriceLevels bids, PriceLevels asks) {
    updateId++;
    return new VenueInput.DepthDiff(
        arrival(),
        BTC,
        new UpdateIds(updateId, updateId, UpdateIds.NO_PREVIOUS),
        now(),
        bids,
        asks);
  }

  void frame(VenueInput input) {
    engine.accept(new EngineInput.Frame(input));
  }

  Arrival arrival() {
    return new Arrival(VENUE, now(), 0, ordinal++);
  }

  void time(long millisAfterStart) {
    engine.accept(new EngineInput.TimeAdvance(START.plusMillis(millisAfterStart)));
  }

  void mail(EngineCommand command) {
    engine.accept(new EngineInput.Mail(command));
  }

  void enter(TradingState state) {
    mail(new ApplyTradingState(state, "test", 1));
  }

  OrderProgress place(Side side, String quantity, @Nullable String limit, TimeInForce tif) {
    PlaceOrder order = order(side, quantity, limit, tif, null);
    mail(order);
    return order.accepted().join();
  }

  OrderProgress buy(String quantity) {
    return place(Side.BUY, quantity, null, TimeInForce.IOC);
  }

  OrderProgress buyUnder(String key, String quantity) {
    PlaceOrder plain = order(Side.BUY, quantity, null, TimeInForce.IOC, null);
    PlaceOrder keyed =
        new PlaceOrder(
            plain.intent(),
            plain.origin(),
            orderId -> new IdempotencyClaim(key, "body", orderId, null),
            plain.accepted());
    mail(keyed);
    return keyed.accepted().join();
  }

  static PlaceOrder order(
      Side side,
      String quantity,
      @Nullable String limit,
      TimeInForce tif,
      @Nullable String clientOrderId) {
    return new PlaceOrder(
        new OrderIntent(
            BTC,
            side,
            new BigDecimal(quantity),
            limit == null ? null : new BigDecimal(limit),
            tif,
            OrderIntent.MANUAL,
            clientOrderId),
        Map.of("actor", "ann", "causationId", "message-1"),
        _ -> null,
        new CompletableFuture<>());
  }

  long openOrders() {
    CompletableFuture<EngineStatus> status = new CompletableFuture<>();
    mail(new EngineCommand.ReadStatus(status));
    return status.join().openOrders();
  }

  <E extends DomainEvent> List<E> all(Class<E> type) {
    return log.all(type);
  }

  List<String> typesOf(String orderId) {
    return log.stream("order:" + orderId, 0).stream()
        .map(MemoryLog::decode)
        .map(event -> event.getClass().getSimpleName())
        .toList();
  }

  <E extends OrderEvent> E only(Class<E> type) {
    List<E> events = all(type);
    if (events.size() != 1) {
      throw new AssertionError("one " + type.getSimpleName() + " expected: " + events);
    }
    return events.getFirst();
  }
}
