package dev.papertape.command.features;

import dev.papertape.command.market.BookView;
import dev.papertape.command.market.JudgedCandle;
import dev.papertape.command.market.PublicTrade;
import dev.papertape.command.market.Scale;
import dev.papertape.contracts.alpha.FeatureWindow;
import dev.papertape.contracts.market.Bar;
import dev.papertape.contracts.market.Candle;
import dev.papertape.contracts.market.Symbol;
import dev.papertape.contracts.market.Venue;
import dev.papertape.eventstore.features.FeatureValue;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Every feature as the engine computes it: no clock, no I/O, the same inputs give the same values.
 * Owned by the engine's thread.
 *
 * <p>Bars are taken as they come and worked off at ticks, so many a tick, so that a history of
 * thousands of bars does not hold up the market.
 */
public final class OnlineFeatures {
  /** Bars of each stream that are looked back at. */
  public static final int BARS_KEPT = BarStream.CAPACITY;

  /** About 2 ms of a tick's 100, and 8 000 values a second. */
  private static final int BARS_A_TICK = 64;

  /** Bars that are computed again after a start: an earlier life may have ended before it had. */
  private static final int RECOMPUTED = 200;

  private final List<BarFeature> barFeatures;
  private final FeatureSink sink;
  private final long epoch;
  private final FeatureMemory memory = new FeatureMemory();
  private final Map<StreamKey, BarStream> bars = new TreeMap<>();
  private final Map<Symbol, SymbolSampler> samplers = new HashMap<>();

  private record StreamKey(Venue venue, Symbol symbol) implements Comparable<StreamKey> {
    @Override
    public int compareTo(StreamKey other) {
      int byVenue = venue.compareTo(other.venue);
      return byVenue != 0 ? byVenue : symbol.compareTo(other.symbol);
    }
  }

  /**
   * @param epoch of the engine's life
   */
  public OnlineFeatures(List<BarFeature> barFeatures, FeatureSink sink, long epoch) {
    this.barFeatures = List.copyOf(barFeatures);
    this.sink = sink;
    this.epoch = epoch;
  }

  /** The built-in features for an engine whose values nobody keeps. */
  public static OnlineFeatures unkept() {
    return new OnlineFeatures(BarFeatures.builtIn(), FeatureSink.NONE, 0);
  }

  /**
   * What an earlier life used of a stream; before anything else happens to it.
   *
   * @param newest oldest first
   * @param unused open times of bars among those that are in quarantine
   */
  public void recall(Venue venue, Symbol symbol, List<Bar> newest, Collection<Instant> unused) {
    BarStream stream = stream(venue, symbol);
    newest.forEach(bar -> stream.put(BarPoint.of(bar)));
    stream.recalled(unused, RECOMPUTED);
  }

  /** Takes the 1m bars of the streams. */
  @FunctionalInterface
  public interface BarTaker {
    void take(Venue venue, Symbol symbol, Instant openTime, double high, double low, double close);
  }

  /** Tells every bar that is looked back at, each stream's oldest first. */
  public void tellBars(BarTaker taker) {
    bars.forEach(
        (key, stream) ->
            stream.each(
                bar ->
                    taker.take(
                        key.venue,
                        key.symbol,
                        bar.openTime(),
                        bar.high(),
                        bar.low(),
                        bar.close())));
  }

  /** A closed 1m bar was judged. A duplicate says nothing new. */
  public void candle(JudgedCandle judged) {
    Candle candle = judged.candle();
    BarStream stream = stream(candle.venue(), candle.symbol());
    switch (judged.outcome()) {
      case PASSED, FLAGGED, RELEASED -> stream.put(BarPoint.of(candle.bar()));
      case QUARANTINED, CONDEMNED -> stream.remove(candle.bar().openTime());
      case REJECTED -> {}
    }
  }

  /**
   * @param scale of the trade's numbers
   */
  public void traded(PublicTrade trade, Scale scale) {
    sampler(trade.symbol()).traded(trade, scale);
  }

  /** Whether the symbol is to be sampled at this tick, if it has a common mid. */
  public boolean isSampleDue(Symbol symbol, Instant feedTime) {
    return sampler(symbol).isDue(feedTime);
  }

  /**
   * @param mid the symbol's common mid
   * @param books that take part in it
   */
  public void sample(
      Symbol symbol, BigDecimal mid, List<BookView> books, Instant feedTime, long frame) {
    sampler(symbol).sample(mid, books, new EngineMoment(feedTime, epoch, frame), this::put, sink);
  }

  /** Computes what the bars that came ask for. */
  public void tick(Instant feedTime, long frame) {
    EngineMoment moment = new EngineMoment(feedTime, epoch, frame);
    int left = BARS_A_TICK;
    for (BarStream stream : bars.values()) {
      if (left > 0 && stream.isBehind()) {
        left -= stream.compute(left, moment, this::put);
      }
    }
  }

  /** What an alpha may read of the symbol now. */
  public FeatureReader of(Symbol symbol) {
    return new FeatureReader() {
      @Override
      public @Nullable FeatureWindow newest(String name, @Nullable Venue venue, int points) {
        return memory.newest(symbol, name, venue, points);
      }

      @Override
      public List<Venue> venues(String name, Instant since) {
        return memory.venues(symbol, name, since);
      }
    };
  }

  private void put(FeatureValue value) {
    memory.keep(value);
    sink.value(value);
  }

  private BarStream stream(Venue venue, Symbol symbol) {
    return bars.computeIfAbsent(
        new StreamKey(venue, symbol), _ -> new BarStream(venue, symbol, barFeatures));
  }

  private SymbolSampler sampler(Symbol symbol) {
    return samplers.computeIfAbsent(symbol, SymbolSampler::new);
  }
}
