package dev.papertape.command.features;

import dev.papertape.command.market.BookSide;
import dev.papertape.command.market.BookView;
import dev.papertape.command.market.OrderBook;
import dev.papertape.command.market.PublicTrade;
import dev.papertape.command.market.Scale;
import dev.papertape.contracts.features.BuiltInFeatures;
import dev.papertape.contracts.features.FeatureDefinition;
import dev.papertape.contracts.market.Symbol;
import dev.papertape.contracts.market.Venue;
import dev.papertape.eventstore.features.BookSample;
import dev.papertape.eventstore.features.BookSample.Level;
import dev.papertape.eventstore.features.FeatureSeries;
import dev.papertape.eventstore.features.FeatureValue;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Samples one symbol once a second, at the first tick of the second at which it has a common mid:
 * every book that takes part in that mid, and no other (none that is stale, broken or suspect).
 * Owned by the engine's thread.
 */
final class SymbolSampler {
  private final Symbol symbol;
  private final FeatureSeries mid;
  private final Map<Venue, Stream> streams = new TreeMap<>();
  private @Nullable Instant sampledAt;

  private static final class Stream {
    private final TradeFlow flow = new TradeFlow(BuiltInFeatures.TRADE_FLOW_IMBALANCE.lookBack());
    private final FeatureSeries imbalance;
    private final FeatureSeries micro;
    private final FeatureSeries spread;
    private final FeatureSeries tradeFlow;

    private Stream(String venue, Symbol symbol) {
      this.imbalance = series(BuiltInFeatures.BOOK_IMBALANCE, venue, symbol);
      this.micro = series(BuiltInFeatures.MICROPRICE, venue, symbol);
      this.spread = series(BuiltInFeatures.SPREAD_BPS, venue, symbol);
      this.tradeFlow = series(BuiltInFeatures.TRADE_FLOW_IMBALANCE, venue, symbol);
    }
  }

  SymbolSampler(Symbol symbol) {
    this.symbol = symbol;
    this.mid = series(BuiltInFeatures.MID, FeatureSeries.ALL_VENUES, symbol);
  }

  private static FeatureSeries series(FeatureDefinition definition, String venue, Symbol symbol) {
    return new FeatureSeries(venue, symbol.value(), definition.name(), definition.version(), true);
  }

  void traded(PublicTrade trade, Scale scale) {
    stream(trade.venue()).flow.traded(trade.aggressor(), scale.quantity(trade.quantity()));
  }

  /** Whether a new second has begun since the last sample. */
  boolean isDue(Instant feedTime) {
    return sampledAt == null || feedTime.getEpochSecond() > sampledAt.getEpochSecond();
  }

  /**
   * @param mid the common mid
   * @param books that take part in it
   */
  void sample(
      BigDecimal mid,
      List<BookView> books,
      EngineMoment moment,
      Consumer<FeatureValue> values,
      FeatureSink sink) {
    sampledAt = moment.feedTime();
    put(this.mid, mid.doubleValue(), moment, values);
    for (BookView view : books) {
      sample(view, moment, values, sink);
    }
  }

  private void sample(
      BookView view, EngineMoment moment, Consumer<FeatureValue> values, FeatureSink sink) {
    Venue venue = view.instrument().venue();
    OrderBook book = view.book();
    Stream stream = stream(venue);
    TradeFlow.Second second = stream.flow.sample(moment.feedTime().getEpochSecond());
    sink.sample(
        new BookSample(
            venue.name(),
            symbol.value(),
            moment.feedTime(),
            moment.epoch(),
            moment.frame(),
            levels(book, BookSide.BID),
            levels(book, BookSide.ASK),
            second.bought(),
            second.sold()));
    put(stream.imbalance, BookFormulas.imbalance(book), moment, values);
    put(stream.micro, BookFormulas.micro(book), moment, values);
    put(stream.spread, BookFormulas.spreadBps(book), moment, values);
    put(stream.tradeFlow, stream.flow.imbalance(), moment, values);
  }

  private static void put(
      FeatureSeries series, double value, EngineMoment moment, Consumer<FeatureValue> values) {
    if (Double.isFinite(value)) {
      values.accept(
          new FeatureValue(
              series, moment.feedTime(), moment.feedTime(), moment.epoch(), moment.frame(), value));
    }
  }

  private Stream stream(Venue venue) {
    return streams.computeIfAbsent(venue, _ -> new Stream(venue.name(), symbol));
  }

  private static List<Level> levels(OrderBook book, BookSide side) {
    int count = Math.min(BookFormulas.LEVELS, book.levels(side));
    List<Level> levels = new ArrayList<>(count);
    for (int level = 0; level < count; level++) {
      levels.add(
          new Level(
              book.scale().price(book.price(side, level)),
              book.scale().quantity(book.quantity(side, level))));
    }
    return List.copyOf(levels);
  }
}
