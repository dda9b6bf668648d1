package dev.papertape.command.market;

import dev.papertape.command.engine.BookReading;
import dev.papertape.command.engine.EngineCalls;
import dev.papertape.command.engine.EngineCommand.ReadBook;
import dev.papertape.command.engine.Listings;
import dev.papertape.contracts.market.BookState;
import dev.papertape.contracts.market.Symbol;
import dev.papertape.contracts.market.Venue;
import dev.papertape.eventstore.log.EventLog;
import dev.papertape.eventstore.web.Positioned;
import dev.papertape.eventstore.web.Problem;
import dev.papertape.eventstore.web.QueryReader;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** {@code GET /api/l2/{venue}/{symbol}}: a live book, of the process that runs the engine. */
@RestController
class BookController {
  private static final int DEFAULT_DEPTH = 20;
  private static final int MAX_DEPTH = 5_000;
  private static final BigDecimal TWO = BigDecimal.valueOf(2);
  private static final double BPS = 1e4;

  private final EngineCalls engine;
  private final Listings listings;
  private final EventLog log;
  private final Clock clock;

  BookController(EngineCalls engine, Listings listings, EventLog log, Clock clock) {
    this.engine = engine;
    this.listings = listings;
    this.log = log;
    this.clock = clock;
  }

  /**
   * A book; prices and quantities as {@code [price, quantity]}, best first.
   *
   * @param checksum the venue's own of the newest message, which fits; null where it sends none
   */
  record BookView(
      Venue venue,
      Symbol symbol,
      List<List<BigDecimal>> bids,
      List<List<BigDecimal>> asks,
      @Nullable Long sequence,
      BookState state,
      @Nullable Instant exchangeTime,
      @Nullable Instant receivedAt,
      @Nullable Long ageMs,
      @Nullable Double spreadBps,
      @Nullable BigDecimal mid,
      @Nullable String checksum,
      @Nullable Double verifiedPercent) {}

  @GetMapping("/api/l2/{venue}/{symbol}")
  Positioned<BookView> book(
      @PathVariable String venue, @PathVariable String symbol, QueryReader query) {
    int depth = (int) query.integer("depth", 1, MAX_DEPTH, DEFAULT_DEPTH);
    query.done();
    engine.requireListings(listings);
    Map<Venue, List<Symbol>> known = listings.symbolsByVenue();
    Venue wantedVenue =
        known.keySet().stream()
            .filter(each -> each.name().equals(venue))
            .findFirst()
            .orElseThrow(() -> Problem.unknown("venue", venue, known.keySet()).asException());
    List<Symbol> symbols = known.getOrDefault(wantedVenue, List.of());
    Symbol wantedSymbol =
        symbols.stream()
            .filter(each -> each.value().equals(symbol))
            .findFirst()
            .orElseThrow(
                () -> Problem.unknown("symbol at " + venue, symbol, symbols).asException());
    ReadBook read = new ReadBook(wantedVenue, wantedSymbol, depth, new CompletableFuture<>());
    BookReading reading = engine.call(read, read.reading());
    return new Positioned<>(view(wantedVenue, wantedSymbol, reading), clock.instant(), log.head());
  }

  private static BookView view(Venue venue, Symbol symbol, BookReading book) {
    BigDecimal mid = null;
    Double spreadBps = null;
    if (!book.bids().isEmpty() && !book.asks().isEmpty()) {
      BigDecimal bid = book.bids().getFirst().price();
      BigDecimal ask = book.asks().getFirst().price();
      mid = bid.add(ask).divide(TWO);
      spreadBps = ask.subtract(bid).doubleValue() / mid.doubleValue() * BPS;
    }
    Instant receivedAt = book.receivedAt();
    return new BookView(
        venue,
        symbol,
        levels(book.bids()),
        levels(book.asks()),
        book.sequence(),
        book.state(),
        book.exchangeTime(),
        receivedAt,
        receivedAt == null ? null : Duration.between(receivedAt, book.feedTime()).toMillis(),
        spreadBps,
        mid,
        book.checksum() == null ? null : book.checksum().toString(),
        book.verifiedPercent());
  }

  private static List<List<BigDecimal>> levels(List<BookReading.Level> levels) {
    return levels.stream().map(level -> List.of(level.price(), level.quantity())).toList();
  }
}
