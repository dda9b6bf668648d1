package dev.papertape.simulator.market;

import dev.papertape.simulator.config.Instrument;
import dev.papertape.simulator.config.Listing;
import dev.papertape.simulator.config.VenueConfig;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** One instrument at one venue: its book, its trades, its bars. */
public final class ListedMarket {

  private static final int TRADES_KEPT = 20_000;
  private static final long UPDATE_ID_RANGE = 1_000_000_000L;

  private final String venue;
  private final Instrument instrument;
  private final Listing listing;
  private final VenueDeviation deviation;
  private final BackfillFlow backfill;
  private final LevelBook book;
  private final OrderFlow flow;
  private final MinuteBars bars;
  private final Deque<Trade> trades = new ArrayDeque<>();
  private final List<Trade> stepTrades = new ArrayList<>();
  private Optional<Kline> stepClosed = Optional.empty();
  private boolean touchMoved;
  private long millis;
  private long tradeId;
  private long aggregateId;

  ListedMarket(
      long seed, VenueConfig venue, Instrument instrument, Listing listing, long startMillis) {
    String part = venue.name() + "/" + listing.symbol();
    this.venue = venue.name();
    this.instrument = instrument;
    this.listing = listing;
    this.deviation = new VenueDeviation(Draws.of(seed, "deviation/" + part), venue.deviationBps());
    double volatilityBps =
        StrictMath.hypot(
            FactorModel.usualVolatilityBps(instrument), deviation.noisePerRootSecond());
    this.backfill = new BackfillFlow(listing, volatilityBps, Draws.of(seed, "backfill/" + part));
    Draws flowDraws = Draws.of(seed, "flow/" + part);
    // like a venue that has been up for years, and different per book, so that mix-ups show
    this.book = new LevelBook(UPDATE_ID_RANGE + (flowDraws.nextLong() >>> 33));
    this.flow = new OrderFlow(listing, book, flowDraws, this::print);
    double tick = listing.tickSize().doubleValue();
    this.bars =
        new MinuteBars(startMillis, Math.round(instrument.initialPrice().doubleValue() / tick));
    this.millis = startMillis;
  }

  /** A coarse step of the time before the start: trades only, no book. */
  void backfill(double commonFair, Mood mood, long stepEndMillis, double seconds) {
    begin(stepEndMillis);
    backfill
        .trade(venueFair(commonFair, seconds), mood, seconds)
        .ifPresent(fill -> print(fill.ticks(), fill.lots(), fill.buyerIsMaker(), fill.count()));
  }

  void step(double commonFair, Mood mood, long stepEndMillis, double seconds) {
    begin(stepEndMillis);
    OptionalLong bid = book.best(Side.BID);
    OptionalLong ask = book.best(Side.ASK);
    long bidLots = bid.isPresent() ? book.lots(Side.BID, bid.getAsLong()) : 0;
    long askLots = ask.isPresent() ? book.lots(Side.ASK, ask.getAsLong()) : 0;
    flow.step(venueFair(commonFair, seconds), mood, seconds);
    touchMoved =
        !bid.equals(book.best(Side.BID))
            || !ask.equals(book.best(Side.ASK))
            || book.lots(Side.BID, bid.orElse(0)) != bidLots
            || book.lots(Side.ASK, ask.orElse(0)) != askLots;
  }

  private void begin(long stepEndMillis) {
    millis = stepEndMillis;
    stepTrades.clear();
    stepClosed = bars.roll(millis);
    touchMoved = false;
  }

  private double venueFair(double commonFair, double seconds) {
    return commonFair * (1 + deviation.advance(seconds) * 1e-4);
  }

  private void print(long ticks, long lots, boolean buyerIsMaker) {
    print(ticks, lots, buyerIsMaker, 1);
  }

  private void print(long ticks, long lots, boolean buyerIsMaker, int count) {
    var trade =
        new Trade(++aggregateId, tradeId + 1, tradeId + count, ticks, lots, millis, buyerIsMaker);
    tradeId += count;
    bars.add(trade);
    stepTrades.add(trade);
    trades.addLast(trade);
    if (trades.size() > TRADES_KEPT) {
      trades.removeFirst();
    }
  }

  public String venue() {
    return venue;
  }

  public Instrument instrument() {
    return instrument;
  }

  public Listing listing() {
    return listing;
  }

  public LevelBook book() {
    return book;
  }

  public MinuteBars bars() {
    return bars;
  }

  /** The latest trades kept, oldest first; a live view, valid until the next step. */
  public Iterable<Trade> trades() {
    return trades;
  }

  /** Trades of the latest step, in order. */
  public List<Trade> stepTrades() {
    return List.copyOf(stepTrades);
  }

  /** The minute bar that the latest step closed. */
  public Optional<Kline> stepClosed() {
    return stepClosed;
  }

  /** Whether the latest step changed price or quantity of the best bid or ask. */
  public boolean touchMoved() {
    return touchMoved;
  }
}
