package dev.papertape.simulator.kraken;

import dev.papertape.simulator.config.VenueConfig;
import dev.papertape.simulator.market.Kline;
import dev.papertape.simulator.market.Level;
import dev.papertape.simulator.market.ListedMarket;
import dev.papertape.simulator.market.Side;
import dev.papertape.simulator.market.Trade;
import dev.papertape.simulator.wire.Decimals;
import dev.papertape.simulator.wire.DepthView;
import dev.papertape.simulator.wire.StreamSink;
import dev.papertape.simulator.wire.VenueTape;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One venue's messages in Kraken v2's format: decimals are numbers, books carry their CRC32. */
public final class KrakenTape implements VenueTape {
  public static final String HEARTBEAT = "heartbeat";
  static final String BOOK = "book/";
  static final String TRADE = "trade/";
  static final String OHLC = "ohlc/";
  static final List<Integer> DEPTHS = List.of(10, 25, 100, 500, 1000);

  private static final long HEARTBEAT_MILLIS = 1000;

  private final VenueConfig venue;
  private final List<Listed> listed;

  public KrakenTape(VenueConfig venue, List<ListedMarket> listings) {
    this.venue = venue;
    this.listed = listings.stream().map(Listed::new).toList();
  }

  /** {@code BTC/USDT}. */
  static String symbol(ListedMarket listing) {
    return listing.instrument().base() + "/" + listing.instrument().quote();
  }

  @Override
  public List<String> streams() {
    List<String> names = new ArrayList<>(List.of(HEARTBEAT));
    for (Listed one : listed) {
      names.addAll(one.books.keySet());
      names.add(TRADE + one.symbol);
      names.add(OHLC + one.symbol);
    }
    return names;
  }

  @Override
  public void publish(long millis, StreamSink sink) {
    boolean depthDue =
        Math.floorMod(millis - venue.depthPhaseMillis(), venue.depthIntervalMillis()) == 0;
    for (Listed one : listed) {
      one.trades(millis, sink);
      if (depthDue) {
        one.depth(millis, sink);
      }
    }
    if (Math.floorMod(millis, HEARTBEAT_MILLIS) == 0 && sink.wants(venue.name(), HEARTBEAT)) {
      sink.accept(venue.name(), HEARTBEAT, millis, "{\"channel\":\"heartbeat\"}");
    }
  }

  @Override
  public Optional<String> snapshot(String stream, long millis) {
    for (Listed one : listed) {
      DepthView view = one.books.get(stream);
      if (view != null) {
        return Optional.of(
            one.book("snapshot", view, view.levels(Side.BID), view.levels(Side.ASK), millis));
      }
    }
    return Optional.empty();
  }

  private static String at(long millis) {
    return Instant.ofEpochMilli(millis).toString();
  }

  private final class Listed {
    private final ListedMarket listing;
    private final String symbol;
    private final Map<String, DepthView> books = new LinkedHashMap<>();
    private final KrakenLevels levels;
    private final Decimals price;
    private final Decimals quantity;

    Listed(ListedMarket listing) {
      this.listing = listing;
      this.symbol = symbol(listing);
      DEPTHS.forEach(
          depth -> books.put(BOOK + symbol + "/" + depth, new DepthView(listing.book(), depth)));
      this.price = Decimals.of(listing.listing().tickSize());
      this.quantity = Decimals.of(listing.listing().lotSize());
      this.levels = new KrakenLevels(price, quantity);
    }

    void trades(long millis, StreamSink sink) {
      List<Trade> trades = listing.stepTrades();
      if (trades.isEmpty()) {
        return;
      }
      if (sink.wants(venue.name(), TRADE + symbol)) {
        sink.accept(venue.name(), TRADE + symbol, millis, trades(trades));
      }
      if (sink.wants(venue.name(), OHLC + symbol)) {
        sink.accept(venue.name(), OHLC + symbol, millis, candle(listing.bars().current(), millis));
      }
    }

    void depth(long millis, StreamSink sink) {
      books.forEach(
          (stream, view) ->
              view.advance()
                  .filter(change -> sink.wants(venue.name(), stream))
                  .ifPresent(
                      change ->
                          sink.accept(
                              venue.name(),
                              stream,
                              millis,
                              book("update", view, change.bids(), change.asks(), millis))));
    }

    String book(String type, DepthView view, List<Level> bids, List<Level> asks, long millis) {
      var out = new StringBuilder(256 + 40 * (bids.size() + asks.size()));
      out.append("{\"channel\":\"book\",\"type\":\"").append(type);
      out.append("\",\"data\":[{\"symbol\":\"").append(symbol).append('"');
      levels.append(out.append(",\"bids\":"), bids);
      levels.append(out.append(",\"asks\":"), asks);
      out.append(",\"checksum\":").append(levels.checksum(view));
      return out.append(",\"timestamp\":\"").append(at(millis)).append("\"}]}").toString();
    }

    private String trades(List<Trade> trades) {
      var out = new StringBuilder("{\"channel\":\"trade\",\"type\":\"update\",\"data\":[");
      String separator = "";
      for (Trade trade : trades) {
        out.append(separator).append("{\"symbol\":\"").append(symbol);
        out.append("\",\"side\":\"").append(trade.buyerIsMaker() ? "sell" : "buy");
        price.append(out.append("\",\"price\":"), trade.ticks());
        quantity.append(out.append(",\"qty\":"), trade.lots());
        out.append(",\"ord_type\":\"market\",\"trade_id\":").append(trade.lastTradeId());
        out.append(",\"timestamp\":\"").append(at(trade.millis())).append("\"}");
        separator = ",";
      }
      return out.append("]}").toString();
    }

    /** The minute as it stands; only the next one's first row says that it is over. */
    private String candle(Kline bar, long millis) {
      var out = new StringBuilder(320);
      out.append("{\"channel\":\"ohlc\",\"type\":\"update\",\"timestamp\":\"").append(at(millis));
      out.append("\",\"data\":[{\"symbol\":\"").append(symbol);
      price.append(out.append("\",\"open\":"), bar.open());
      price.append(out.append(",\"high\":"), bar.high());
      price.append(out.append(",\"low\":"), bar.low());
      price.append(out.append(",\"close\":"), bar.close());
      out.append(",\"trades\":").append(bar.trades());
      quantity.append(out.append(",\"volume\":"), bar.lots());
      out.append(",\"vwap\":").append(price.average(bar.quote(), bar.lots()));
      out.append(",\"interval_begin\":\"").append(at(bar.openMillis()));
      out.append("\",\"interval\":1,\"timestamp\":\"").append(at(bar.closeMillis() + 1));
      return out.append("\"}]}").toString();
    }
  }
}
