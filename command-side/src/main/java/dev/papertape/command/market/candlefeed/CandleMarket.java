package dev.papertape.command.market.candlefeed;

import dev.papertape.command.market.BookView;
import dev.papertape.command.market.Instrument;
import dev.papertape.command.market.JudgedCandle;
import dev.papertape.command.market.MarketInput;
import dev.papertape.command.market.MarketState;
import dev.papertape.command.market.Scale;
import dev.papertape.command.quality.CandleJudge;
import dev.papertape.command.quality.CandleJudge.Judgement;
import dev.papertape.command.quality.ohlcv.CandlePolicy;
import dev.papertape.command.quality.ohlcv.GapPolicy;
import dev.papertape.command.quality.ohlcv.StreamCandleJudge;
import dev.papertape.contracts.market.Bar;
import dev.papertape.contracts.market.Candle;
import dev.papertape.contracts.market.CandleInterval;
import dev.papertape.contracts.market.CandleOrigin;
import dev.papertape.contracts.market.InstrumentRules;
import dev.papertape.contracts.market.IntegrityScheme;
import dev.papertape.contracts.market.MarketEvent.VenueConnected;
import dev.papertape.contracts.market.MarketEvent.VenueRegistered;
import dev.papertape.contracts.market.Symbol;
import dev.papertape.contracts.market.Venue;
import dev.papertape.contracts.market.VenueKind;
import dev.papertape.contracts.quality.Channel;
import dev.papertape.contracts.quality.StreamState;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The market of a backtest on candles. Every bar goes through the guards that live ones go through;
 * one that is held or condemned makes no book and no feature.
 */
public final class CandleMarket implements MarketState {
  private static final int QUANTITY_DECIMALS = 8;
  private static final BigDecimal LOT = new BigDecimal("0.00001");
  private static final BigDecimal MIN_NOTIONAL = BigDecimal.TEN;

  private final CandleTerms terms;
  private final Map<Symbol, Map<Venue, Stream>> streams = new TreeMap<>();
  private final Map<Symbol, List<BookView>> books = new TreeMap<>();
  private boolean isListed;

  private static final class Stream {
    private final CandleTape tape;
    private final CandleBook book;
    private final CandleJudge judge;

    private Stream(CandleTape tape, CandleBook book) {
      this.tape = tape;
      this.book = book;
      this.judge =
          new StreamCandleJudge(
              CandlePolicy.history(tape.interval().length(), GapPolicy.NO_TRADE_NO_BAR));
    }
  }

  /**
   * @param tapes what will be fed, for scales and listings
   */
  public CandleMarket(List<CandleTape> tapes, CandleTerms terms) {
    this.terms = terms;
    Map<Symbol, Integer> decimals = new TreeMap<>();
    tapes.forEach(tape -> decimals.merge(tape.symbol(), tape.priceDecimals(), Math::max));
    for (CandleTape tape : tapes) {
      int prices = decimals.getOrDefault(tape.symbol(), 2);
      Scale scale = new Scale(prices, QUANTITY_DECIMALS);
      InstrumentRules rules =
          new InstrumentRules(
              tape.symbol(),
              tape.symbol().value(),
              BigDecimal.ONE.movePointLeft(prices),
              LOT,
              MIN_NOTIONAL);
      Instrument instrument =
          new Instrument(tape.venue(), rules, scale, terms.fees(), CandleTerms.LATENCY);
      Stream before =
          streams
              .computeIfAbsent(tape.symbol(), _ -> new TreeMap<>())
              .put(tape.venue(), new Stream(tape, new CandleBook(instrument, terms)));
      if (before != null) {
        throw new IllegalArgumentException(
            "two files hold " + tape.symbol() + " of " + tape.venue());
      }
    }
    streams.forEach(
        (symbol, venues) ->
            books.put(
                symbol, venues.values().stream().<BookView>map(stream -> stream.book).toList()));
  }

  @Override
  public void apply(MarketInput input, Listener listener) {
    if (!isListed) {
      isListed = true;
      list(input.receivedAt(), listener);
    }
    switch (input) {
      case CandleInput.Opened opened -> open(opened, listener);
      case CandleInput.Closed closed -> close(closed, listener);
      default -> throw new IllegalArgumentException("no candle: " + input);
    }
  }

  private void list(Instant feedTime, Listener listener) {
    Map<Venue, List<InstrumentRules>> rules = new TreeMap<>();
    streams
        .values()
        .forEach(
            venues ->
                venues.forEach(
                    (venue, stream) ->
                        rules
                            .computeIfAbsent(venue, _ -> new ArrayList<>())
                            .add(stream.book.instrument().rules())));
    rules.forEach(
        (venue, symbols) -> {
          listener.fact(
              new VenueRegistered(
                  venue,
                  VenueKind.RECORDED,
                  List.of(terms.method()),
                  List.copyOf(symbols),
                  terms.fees(),
                  CandleTerms.LATENCY,
                  List.of("OHLCV"),
                  IntegrityScheme.SEQUENCE,
                  feedTime));
          listener.fact(new VenueConnected(venue, "candles", 0, feedTime));
        });
  }

  private void open(CandleInput.Opened opened, Listener listener) {
    Stream stream = stream(opened);
    Instant end =
        stream.tape.interval().startOf(opened.receivedAt()).plus(stream.tape.interval().length());
    stream.book.become(opened.open(), opened.previousVolume(), opened.receivedAt(), end);
    listener.bookChanged(stream.book);
  }

  private void close(CandleInput.Closed closed, Listener listener) {
    Stream stream = stream(closed);
    CandleInterval interval = stream.tape.interval();
    Bar bar = closed.bar();
    Instant end = bar.openTime().plus(interval.length());
    for (Judgement judgement : stream.judge.judge(bar, end)) {
      listener.candleJudged(
          new JudgedCandle(
              new Candle(closed.venue(), closed.symbol(), interval, judgement.bar()),
              CandleOrigin.STREAM,
              judgement.outcome(),
              judgement.reasons(),
              judgement.detail(),
              closed.receivedAt()));
      if (judgement.bar().openTime().equals(bar.openTime()) && isUsed(judgement.outcome())) {
        stream.book.become(bar.close(), bar.volume(), closed.receivedAt(), end);
        listener.bookChanged(stream.book);
      }
    }
  }

  private static boolean isUsed(CandleJudge.Outcome outcome) {
    return switch (outcome) {
      case PASSED, FLAGGED, RELEASED -> true;
      case REJECTED, QUARANTINED, CONDEMNED -> false;
    };
  }

  private Stream stream(CandleInput input) {
    Stream stream = streams.getOrDefault(input.symbol(), Map.of()).get(input.venue());
    if (stream == null) {
      throw new IllegalArgumentException(input.symbol() + " of " + input.venue() + " has no tape");
    }
    return stream;
  }

  @Override
  public void tick(Instant feedTime, Listener listener) {
    // Silence between candles says nothing: a book's own state knows until when it is good.
  }

  @Override
  public @Nullable BookView book(Venue venue, Symbol symbol) {
    Stream stream = streams.getOrDefault(symbol, Map.of()).get(venue);
    return stream == null ? null : stream.book;
  }

  @Override
  public StreamState streamState(Venue venue, Symbol symbol, Channel channel, Instant feedTime) {
    return channel == Channel.OHLCV && book(venue, symbol) != null
        ? StreamState.OK
        : StreamState.UNVERIFIABLE;
  }

  @Override
  public boolean hasDepth() {
    return false;
  }

  @Override
  public List<BookView> books(Symbol symbol) {
    return books.getOrDefault(symbol, List.of());
  }

  @Override
  public Collection<Symbol> symbols() {
    return Collections.unmodifiableSet(books.keySet());
  }
}
