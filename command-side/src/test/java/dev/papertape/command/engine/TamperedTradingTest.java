package dev.papertape.command.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.papertape.command.features.OnlineFeatures;
import dev.papertape.command.fixtures.MemoryLog;
import dev.papertape.command.market.BookSide;
import dev.papertape.command.market.BookView;
import dev.papertape.command.market.SnapshotRequests;
import dev.papertape.command.market.book.MarketLimits;
import dev.papertape.command.market.book.VenueBooks;
import dev.papertape.command.market.recorded.RecordedFeed;
import dev.papertape.command.market.recorded.RecordedVenues;
import dev.papertape.command.market.recorded.SharedCaptures;
import dev.papertape.contracts.execution.ExecutionEvent.OrderFilled;
import dev.papertape.contracts.execution.OrderIntent;
import dev.papertape.contracts.execution.Side;
import dev.papertape.contracts.execution.TimeInForce;
import dev.papertape.contracts.market.MarketEvent.BookResynced;
import dev.papertape.contracts.market.Symbol;
import dev.papertape.contracts.market.Venue;
import dev.papertape.contracts.quality.Channel;
import dev.papertape.contracts.quality.QualityEvent.QualityObserved;
import dev.papertape.contracts.quality.QualityEvent.RecordQuarantined;
import dev.papertape.contracts.quality.StreamCounts;
import dev.papertape.eventstore.append.Appended;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.GZIPInputStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;

/**
 * Real captures with frames lost, repeated, swapped, cut and corrupted, played through the engine
 * while somebody keeps buying, at once and at the best bid: nothing is filled while a book is known
 * broken, and at every step the counts add up.
 */
class TamperedTradingTest {
  private enum Capture {
    SPOT("BINANCE-ee25be.0.gz"),
    US("BINANCE_US.http.0.0.gz", "BINANCE_US.ws.1.0.gz"),
    KRAKEN("KRAKEN.ws.50.0.gz");

    private final List<String> files;

    Capture(String... files) {
      this.files = List.of(files);
    }
  }

  private static final Map<String, List<String>> LINES = new ConcurrentHashMap<>();
  private static final int LOOK_EVERY = 50;

  @Property(tries = 12)
  void nothingTradesOnABrokenBookAndCountsAddUp(
      @ForAll Capture capture, @ForAll @IntRange(min = 1, max = 8) int times, @ForAll long seed)
      throws Exception {
    Random random = new Random(seed);
    List<Path> files = new ArrayList<>();
    for (String name : capture.files) {
      List<String> lines = new ArrayList<>(lines(name));
      if (name.equals(capture.files.getLast())) {
        for (int i = 0; i < times; i++) {
          tamper(lines, random);
        }
      }
      Path file = Files.createTempFile("tampered", "-" + name + ".txt");
      files.add(file);
      Files.write(file, lines);
    }
    try {
      play(files, random);
    } finally {
      for (Path file : files) {
        Files.delete(file);
      }
    }
  }

  private static void play(List<Path> files, Random random) throws IOException {
    MemoryLog log = new MemoryLog();
    try (RecordedFeed feed = RecordedFeed.open(files, RecordedVenues.defaults())) {
      VenueBooks books =
          new VenueBooks(
              feed.profiles(), MarketLimits.defaults(), SnapshotRequests.NONE, new Random(1));
      OrderWatch watch = new OrderWatch();
      TradingEngine engine =
          new TradingEngine(
              EngineRig.settings(1),
              books,
              Recovered.nothing(EngineRig.settings(1)),
              new DeterministicIds(1, 1),
              EngineRig.provenance(),
              OnlineFeatures.unkept(),
              (facts, claim) -> {
                Appended appended = EngineRig.into(log, facts);
                watch.durable(facts, appended);
                return new FactReceipt(CompletableFuture.completedFuture(appended));
              },
              watch);
      while (feed.hasNext()) {
        engine.accept(new EngineInput.Frame(feed.next()));
        if (engine.frames() % LOOK_EVERY == 0) {
          assertAddUp(books);
          buy(engine, books, random);
        }
      }
      engine.checkpoint();
      assertAddUp(books);
      assertNamed(log, books);
    }
    assertNoFillWhileBroken(log);
  }

  private static void buy(TradingEngine engine, VenueBooks books, Random random) {
    List<Symbol> symbols = List.copyOf(books.symbols());
    Symbol symbol = symbols.get(random.nextInt(symbols.size()));
    for (BookView view : books.books(symbol)) {
      if (view.book().levels(BookSide.ASK) > 0) {
        BigDecimal ask = view.book().scale().price(view.book().price(BookSide.ASK, 0));
        BigDecimal lot = view.instrument().rules().lotSize();
        BigDecimal lots = BigDecimal.valueOf(20).divide(ask.multiply(lot), 0, RoundingMode.CEILING);
        place(engine, symbol, lots.multiply(lot), null);
        if (view.book().levels(BookSide.BID) > 0) {
          BigDecimal bid = view.book().scale().price(view.book().price(BookSide.BID, 0));
          place(engine, symbol, lots.multiply(lot), bid);
        }
        return;
      }
    }
  }

  /** Without a limit to be filled at once, else to rest. */
  private static void place(
      TradingEngine engine, Symbol symbol, BigDecimal quantity, @Nullable BigDecimal limit) {
    OrderIntent order =
        new OrderIntent(
            symbol,
            Side.BUY,
            quantity,
            limit,
            limit == null ? TimeInForce.IOC : TimeInForce.GTC,
            OrderIntent.MANUAL,
            null);
    engine.accept(
        new EngineInput.Mail(
            new EngineCommand.PlaceOrder(
                order, Map.of("actor", "test"), _ -> null, new CompletableFuture<>())));
  }

  private static void assertAddUp(VenueBooks books) {
    books
        .streamCounts()
        .forEach(
            (venue, streams) ->
                streams.forEach(
                    counts -> assertThat(counts.reconciles()).as("%s %s", venue, counts).isTrue()));
  }

  /** Every event's counts add up, and all that is counted as quarantined is named by an event. */
  private static void assertNamed(MemoryLog log, VenueBooks books) {
    Map<List<Object>, Long> named = new HashMap<>();
    for (RecordQuarantined record : log.all(RecordQuarantined.class)) {
      long total =
          named.merge(
              key(record.venue(), record.symbol(), record.channel()),
              (long) record.records(),
              Long::sum);
      assertThat(record.counts().reconciles()).as("%s", record).isTrue();
      assertThat(record.counts().quarantined()).as("%s", record).isEqualTo(total);
    }
    for (QualityObserved observed : log.all(QualityObserved.class)) {
      assertThat(observed.streams()).allMatch(StreamCounts::reconciles);
    }
    books
        .streamCounts()
        .forEach(
            (venue, streams) ->
                streams.forEach(
                    counts ->
                        assertThat(counts.quarantined())
                            .as("%s %s", venue, counts)
                            .isEqualTo(
                                named.getOrDefault(
                                    key(venue, counts.symbol(), counts.channel()), 0L))));
  }

  private static List<Object> key(Venue venue, Symbol symbol, Channel channel) {
    return List.of(venue, String.valueOf(symbol), channel);
  }

  private static void assertNoFillWhileBroken(MemoryLog log) {
    List<OrderFilled> fills = log.all(OrderFilled.class);
    for (BookResynced outage : log.all(BookResynced.class)) {
      assertThat(fills)
          .noneMatch(
              fill ->
                  fill.venue().equals(outage.venue())
                      && fill.symbol().equals(outage.symbol())
                      && fill.feedTime().isAfter(outage.brokenSince())
                      && fill.feedTime().isBefore(outage.feedTime()));
    }
  }

  private static void tamper(List<String> lines, Random random) {
    int at = 1 + random.nextInt(lines.size() - 1);
    String line = lines.get(at);
    switch (random.nextInt(6)) {
      case 0 -> lines.remove(at);
      case 1 -> lines.add(at, line);
      case 2 -> lines.add(at, lines.remove(at - 1));
      case 3 -> lines.set(at, line.substring(0, 1 + random.nextInt(line.length() - 1)));
      case 4 -> lines.set(at, line + line.substring(line.indexOf(' ') + 1));
      default -> {
        int hit = line.indexOf(' ') + 1 + random.nextInt(line.length() - line.indexOf(' ') - 1);
        char other = "0123456789.-\"[]{},x".charAt(random.nextInt(19));
        lines.set(at, line.substring(0, hit) + other + line.substring(hit + 1));
      }
    }
  }

  private static List<String> lines(String name) throws IOException {
    List<String> known = LINES.get(name);
    if (known == null) {
      try (BufferedReader reader =
          new BufferedReader(
              new InputStreamReader(
                  new GZIPInputStream(
                      Files.newInputStream(SharedCaptures.l2("cryptofeed/" + name))),
                  StandardCharsets.UTF_8))) {
        known = reader.lines().toList();
      }
      LINES.put(name, known);
    }
    return known;
  }
}
