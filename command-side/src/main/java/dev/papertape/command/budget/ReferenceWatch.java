package dev.papertape.command.budget;

import dev.papertape.command.engine.BookReading;
import dev.papertape.command.engine.EngineCommand.ReadBook;
import dev.papertape.command.engine.EngineRuntime;
import dev.papertape.command.market.connector.VenueQuotes;
import dev.papertape.contracts.budget.Admission.Wish;
import dev.papertape.contracts.market.BookState;
import dev.papertape.contracts.market.Symbol;
import dev.papertape.contracts.market.Venue;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * In the process that runs the engine: keeps each provider's clock in view, and asks one symbol
 * after the other for a reference price, which is compared with the middle of our own books. One
 * platform thread.
 */
final class ReferenceWatch implements SmartLifecycle {
  private static final Logger log = LoggerFactory.getLogger(ReferenceWatch.class);
  private static final Duration LONGEST_CLOSE = Duration.ofSeconds(5);
  private static final Duration SOON = Duration.ofMillis(200);
  private static final long LONGEST_READ_MS = 500;
  private static final BigDecimal BPS = BigDecimal.valueOf(10_000);

  /** A venue and what it lists. */
  record Listing(VenueQuotes quotes, List<Symbol> symbols) {}

  private final List<Listing> listings;
  private final ReferencePrices prices;
  private final EngineRuntime engine;
  private final ProviderClocks clocks;
  private final BudgetProperties settings;
  private final InstantSource clock;
  private final List<Symbol> symbols;
  private final Map<Symbol, Double> deviationBps = new ConcurrentHashMap<>();
  private final Map<Venue, Instant> clockDue = new HashMap<>();
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread thread =
      Thread.ofPlatform().daemon().name("reference-prices").unstarted(this::run);
  private volatile boolean running;

  ReferenceWatch(
      List<Listing> listings,
      ReferencePrices prices,
      EngineRuntime engine,
      ProviderClocks clocks,
      BudgetProperties settings,
      InstantSource clock) {
    this.listings = List.copyOf(listings);
    this.prices = prices;
    this.engine = engine;
    this.clocks = clocks;
    this.settings = settings;
    this.clock = clock;
    this.symbols =
        listings.stream().flatMap(each -> each.symbols().stream()).distinct().sorted().toList();
  }

  void bindTo(MeterRegistry registry) {
    for (Symbol symbol : symbols) {
      Gauge.builder(
              "budget.reference.price.deviation.bps",
              this,
              watch -> watch.deviationBps.getOrDefault(symbol, Double.NaN))
          .description("Reference price against the middle of our own books, basis points")
          .tag("symbol", symbol.value())
          .register(registry);
    }
    for (Listing listing : listings) {
      String provider = listing.quotes().venue().name();
      Gauge.builder(
              "budget.provider.clock.offset.seconds",
              this,
              watch ->
                  watch.clocks.offsetMs(provider).stream()
                      .mapToDouble(ms -> ms / 1e3)
                      .findFirst()
                      .orElse(Double.NaN))
          .description("The provider's clock less ours")
          .tag("provider", provider)
          .register(registry);
    }
  }

  private void run() {
    int next = 0;
    try {
      while (!closing.await(untilNext().toMillis(), TimeUnit.MILLISECONDS)) {
        if (engine.isHolder()) {
          look(symbols.get(next++ % symbols.size()));
        }
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  /** Who does not answer is asked again soon, some times, so that the breaker knows soon. */
  private Duration untilNext() {
    return prices.isToBeRepeatedSoon() ? SOON : settings.referenceEvery();
  }

  private void look(Symbol symbol) throws InterruptedException {
    try {
      syncClocks();
      if (settings.referencePrices()) {
        Optional<ReferencePrices.Quote> quote = prices.price(symbol, sources(symbol));
        Optional<BigDecimal> ours = commonMid(symbol);
        if (quote.isPresent() && ours.isPresent()) {
          deviationBps.put(symbol, bps(quote.get().price(), ours.get()));
        } else {
          deviationBps.remove(symbol);
        }
      }
    } catch (RuntimeException failed) {
      if (closing.getCount() > 0) {
        log.warn("no reference price of {}: {}", symbol, failed.toString());
      }
    }
  }

  private void syncClocks() throws InterruptedException {
    Instant now = clock.instant();
    for (Listing listing : listings) {
      Venue venue = listing.quotes().venue();
      boolean due = !now.isBefore(clockDue.getOrDefault(venue, Instant.MIN));
      if (due || prices.toBeTried().contains(venue.name())) {
        clockDue.put(venue, now.plus(settings.timeEvery()));
        try {
          listing.quotes().syncClock();
        } catch (IOException failed) {
          log.debug("{} does not tell its time: {}", venue, failed.getMessage());
        }
      }
    }
  }

  private List<ReferencePrices.Source> sources(Symbol symbol) {
    List<ReferencePrices.Source> sources = new ArrayList<>();
    for (Listing listing : listings) {
      if (listing.symbols().contains(symbol)) {
        sources.add(new VenueSource(listing.quotes()));
      }
    }
    return sources;
  }

  private record VenueSource(VenueQuotes quotes) implements ReferencePrices.Source {
    @Override
    public String provider() {
      return quotes.venue().name();
    }

    @Override
    public Wish wish() {
      return quotes.priceWish();
    }

    @Override
    public BigDecimal price(Symbol symbol) throws IOException, InterruptedException {
      return quotes.price(symbol);
    }
  }

  /** The median of the middles of the books that are synced; empty without one. */
  private Optional<BigDecimal> commonMid(Symbol symbol) throws InterruptedException {
    Map<Venue, CompletableFuture<BookReading>> readings = new TreeMap<>();
    for (Listing listing : listings) {
      if (listing.symbols().contains(symbol)) {
        CompletableFuture<BookReading> reading = new CompletableFuture<>();
        engine.send(new ReadBook(listing.quotes().venue(), symbol, 1, reading));
        readings.put(listing.quotes().venue(), reading);
      }
    }
    List<BigDecimal> mids = new ArrayList<>();
    for (CompletableFuture<BookReading> reading : readings.values()) {
      try {
        BookReading book = reading.get(LONGEST_READ_MS, TimeUnit.MILLISECONDS);
        if (book.state() == BookState.SYNCED && !book.bids().isEmpty() && !book.asks().isEmpty()) {
          mids.add(
              book.bids()
                  .getFirst()
                  .price()
                  .add(book.asks().getFirst().price())
                  .divide(BigDecimal.TWO));
        }
      } catch (ExecutionException | TimeoutException notNow) {
        log.debug("no book of {} now", symbol);
      }
    }
    mids.sort(null);
    int count = mids.size();
    return count == 0
        ? Optional.empty()
        : Optional.of(mids.get((count - 1) / 2).add(mids.get(count / 2)).divide(BigDecimal.TWO));
  }

  private static double bps(BigDecimal price, BigDecimal mid) {
    return price.subtract(mid).multiply(BPS).divide(mid, MathContext.DECIMAL64).doubleValue();
  }

  @Override
  public void start() {
    running = true;
    if (!symbols.isEmpty()) {
      thread.start();
    }
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  /** After the ledgers have begun; ends before them and before the engine. */
  @Override
  public int getPhase() {
    return Integer.MAX_VALUE - 256;
  }

  @Override
  public void stop() {
    running = false;
    closing.countDown();
    thread.interrupt();
    try {
      if (thread.isAlive()) {
        thread.join(LONGEST_CLOSE);
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }
}
