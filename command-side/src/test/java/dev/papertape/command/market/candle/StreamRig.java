package dev.papertape.command.market.candle;

import dev.papertape.command.fixtures.TestVenue;
import dev.papertape.command.market.Arrival;
import dev.papertape.command.market.BookView;
import dev.papertape.command.market.CandleMemory;
import dev.papertape.command.market.CandleRequests;
import dev.papertape.command.market.CandleSource;
import dev.papertape.command.market.JudgedCandle;
import dev.papertape.command.market.MarketState;
import dev.papertape.command.market.PublicTrade;
import dev.papertape.command.market.VenueInput.CandlesFailed;
import dev.papertape.command.market.VenueInput.CandlesFetched;
import dev.papertape.command.market.VenueInput.Kline;
import dev.papertape.command.market.VenueInput.TradePrint;
import dev.papertape.command.market.WireDecimal;
import dev.papertape.command.quality.CandleJudge;
import dev.papertape.contracts.execution.Side;
import dev.papertape.contracts.market.Bar;
import dev.papertape.contracts.market.MarketEvent;
import dev.papertape.contracts.market.MarketEvent.CandlesSynced;
import dev.papertape.contracts.market.Symbol;
import dev.papertape.contracts.market.Venue;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One stream with a venue that is asked by hand; every bar passes. Times as {@code 12:00:30}. */
final class StreamRig implements MarketState.Listener {
  static final Venue VENUE = new Venue("VENUE");
  static final Symbol BTC = new Symbol("BTC-USDT");
  static final Duration LOOK_BACK = Duration.ofMinutes(10);

  record Asked(Instant from, Instant to) {
    @Override
    public String toString() {
      return text(from) + "-" + text(to);
    }
  }

  final List<Asked> asked = new ArrayList<>();
  final List<JudgedCandle> judged = new ArrayList<>();
  final List<Asked> covered = new ArrayList<>();
  final List<CandlesSynced> synced = new ArrayList<>();
  final Counts counts = new Counts();
  final CandleStream stream;

  StreamRig(CandleSource source, boolean fetches, CandleMemory memory) {
    this(
        source,
        fetches,
        memory,
        (bar, _) ->
            List.of(new CandleJudge.Judgement(bar, CandleJudge.Outcome.PASSED, List.of(), "")));
  }

  StreamRig(CandleSource source, boolean fetches, CandleMemory memory, CandleJudge judge) {
    CandleRequests requests = (_, _, from, to) -> asked.add(new Asked(from, to));
    stream =
        new CandleStream(
            VENUE,
            BTC,
            source,
            judge,
            new StandingQuotes(new TestVenue(VENUE.name())),
            new CandleSettings(
                (_, _, _, _, _) -> judge,
                fetches ? requests : null,
                LOOK_BACK,
                Duration.ofHours(1)),
            memory,
            counts);
  }

  static StreamRig live(CandleSource source) {
    return new StreamRig(source, true, CandleMemory.NONE);
  }

  static Instant at(String time) {
    return Instant.parse("2026-01-05T" + time + (time.length() == 5 ? ":00Z" : "Z"));
  }

  static String text(Instant time) {
    return time.toString().substring(11, 16);
  }

  static Bar bar(Instant open, String close) {
    BigDecimal price = new BigDecimal(close);
    return new Bar(open, price, price, price, price, BigDecimal.ONE, null, 1L);
  }

  StreamRig connect(String time) {
    stream.connected(at(time));
    return tick(time);
  }

  StreamRig tick(String time) {
    stream.tick(at(time), this);
    return this;
  }

  /** A tick every second from the first time to the last. */
  StreamRig ticks(String from, String to) {
    for (Instant now = at(from); !now.isAfter(at(to)); now = now.plusSeconds(1)) {
      stream.tick(now, this);
    }
    return this;
  }

  StreamRig row(String time, String open, String close, boolean closed) {
    stream.row(row(at(time), bar(at(open), close), closed), at(time), this);
    return this;
  }

  static Kline row(Instant now, Bar bar, boolean closed) {
    return new Kline(
        new Arrival(VENUE, now, 0, 0),
        BTC,
        "1m",
        bar.openTime(),
        bar.openTime().plusMillis(59_999),
        bar.open(),
        bar.high(),
        bar.low(),
        bar.close(),
        bar.volume(),
        bar.trades() == null ? 0 : bar.trades(),
        closed);
  }

  StreamRig trade(String receivedAt, String time, String price, String quantity) {
    stream.trade(trade(at(receivedAt), at(time), price, quantity), at(receivedAt), this);
    return this;
  }

  static TradePrint trade(Instant receivedAt, Instant time, String price, String quantity) {
    return new TradePrint(
        new Arrival(VENUE, receivedAt, 0, 0),
        BTC,
        false,
        TradePrint.NO_ID,
        WireDecimal.of(price),
        WireDecimal.of(quantity),
        Side.BUY,
        time);
  }

  /** Answers with a bar of close 5 for every minute from the first to before the last. */
  StreamRig answer(String now, String from, String to) {
    List<Bar> bars = new ArrayList<>();
    for (Instant open = at(from); open.isBefore(at(to)); open = open.plusSeconds(60)) {
      bars.add(bar(open, "5"));
    }
    return answer(now, from, to, bars);
  }

  StreamRig answer(String now, String from, String to, List<Bar> bars) {
    stream.fetched(
        new CandlesFetched(
            new Arrival(VENUE, at(now), 0, 0), BTC, at(from), at(to), bars, List.of()),
        at(now),
        this);
    return this;
  }

  StreamRig fail(String now) {
    stream.failed(
        new CandlesFailed(new Arrival(VENUE, at(now), 0, 0), BTC, at(now), at(now), "503"),
        at(now));
    return this;
  }

  List<String> asked() {
    return asked.stream().map(Asked::toString).toList();
  }

  List<String> judged() {
    return judged.stream()
        .map(
            each ->
                text(each.candle().bar().openTime())
                    + " "
                    + each.candle().bar().close()
                    + " "
                    + each.origin())
        .toList();
  }

  @Nullable Asked coverage() {
    Asked all = null;
    for (Asked each : covered) {
      if (all != null && !each.from().equals(all.to())) {
        throw new AssertionError("not in a row: " + covered);
      }
      all = new Asked(all == null ? each.from() : all.from(), each.to());
    }
    return all;
  }

  @Override
  public void fact(MarketEvent event) {
    synced.add((CandlesSynced) event);
  }

  @Override
  public void bookChanged(BookView book) {}

  @Override
  public void traded(PublicTrade trade) {}

  @Override
  public void candleJudged(JudgedCandle candle) {
    judged.add(candle);
  }

  @Override
  public void candlesCovered(Venue venue, Symbol symbol, Instant from, Instant to) {
    covered.add(new Asked(from, to));
  }

  static final class Counts implements CandleCounts {
    long received;
    long accepted;
    long rejected;
    long quarantined;
    long malformed;
    long gaps;

    @Override
    public void judged(CandleJudge.Judgement judgement, Instant at, MarketState.Listener listener) {
      switch (judgement.outcome()) {
        case PASSED, FLAGGED -> accepted++;
        case REJECTED -> rejected++;
        case QUARANTINED -> quarantined++;
        case RELEASED, CONDEMNED -> received--;
      }
      received++;
    }

    @Override
    public void malformed(String row, Instant at, MarketState.Listener listener) {
      malformed++;
    }

    @Override
    public void gap() {
      gaps++;
    }
  }
}
