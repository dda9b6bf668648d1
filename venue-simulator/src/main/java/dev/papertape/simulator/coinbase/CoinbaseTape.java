package dev.papertape.simulator.coinbase;

import dev.papertape.simulator.config.VenueConfig;
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
import java.util.List;
import java.util.Optional;

/**
 * One venue's messages in Advanced Trade's format. {@code sequence_num} is left open: each
 * connection counts its own frames, see {@link CoinbaseFrames#numbered}.
 */
public final class CoinbaseTape implements VenueTape {
  public static final String HEARTBEATS = "heartbeats";
  static final String LEVEL2 = "level2/";
  static final String TRADES = "market_trades/";

  private static final long HEARTBEAT_MILLIS = 1000;

  private final VenueConfig venue;
  private final List<Listed> listed;
  private long heartbeats;

  public CoinbaseTape(VenueConfig venue, List<ListedMarket> listings) {
    this.venue = venue;
    this.listed = listings.stream().map(Listed::new).toList();
  }

  @Override
  public List<String> streams() {
    List<String> names = new ArrayList<>(List.of(HEARTBEATS));
    for (Listed one : listed) {
      names.add(LEVEL2 + one.product);
      names.add(TRADES + one.product);
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
    if (Math.floorMod(millis, HEARTBEAT_MILLIS) == 0) {
      heartbeats++;
      if (sink.wants(venue.name(), HEARTBEATS)) {
        sink.accept(
            venue.name(), HEARTBEATS, millis, CoinbaseFrames.heartbeat(at(millis), heartbeats));
      }
    }
  }

  @Override
  public Optional<String> snapshot(String stream, long millis) {
    return listed.stream()
        .filter(one -> stream.equals(LEVEL2 + one.product))
        .findFirst()
        .map(one -> one.snapshot(millis));
  }

  private static String at(long millis) {
    return Instant.ofEpochMilli(millis).toString();
  }

  private final class Listed {
    private final ListedMarket listing;
    private final String product;
    private final DepthView view;
    private final Decimals price;
    private final Decimals quantity;

    Listed(ListedMarket listing) {
      this.listing = listing;
      this.product = listing.instrument().symbol();
      this.view = new DepthView(listing.book(), Integer.MAX_VALUE);
      this.price = Decimals.of(listing.listing().tickSize());
      this.quantity = Decimals.of(listing.listing().lotSize());
    }

    void trades(long millis, StreamSink sink) {
      List<Trade> trades = listing.stepTrades();
      if (trades.isEmpty() || !sink.wants(venue.name(), TRADES + product)) {
        return;
      }
      var out = CoinbaseFrames.begin("market_trades", at(millis));
      out.append("{\"type\":\"update\",\"trades\":[");
      // newest first, and the side is the maker's
      for (int i = trades.size() - 1; i >= 0; i--) {
        Trade trade = trades.get(i);
        out.append("{\"product_id\":\"").append(product);
        out.append("\",\"trade_id\":\"").append(trade.lastTradeId());
        price.append(out.append("\",\"price\":\""), trade.ticks());
        quantity.append(out.append("\",\"size\":\""), trade.lots());
        out.append("\",\"time\":\"").append(at(trade.millis()));
        out.append("\",\"side\":\"").append(trade.buyerIsMaker() ? "BUY" : "SELL");
        out.append(i == 0 ? "\"}" : "\"},");
      }
      out.append("]}");
      sink.accept(venue.name(), TRADES + product, millis, CoinbaseFrames.end(out));
    }

    void depth(long millis, StreamSink sink) {
      Optional<DepthView.Change> change = view.advance();
      if (change.isPresent() && sink.wants(venue.name(), LEVEL2 + product)) {
        String json = levels("update", millis, change.get().bids(), change.get().asks());
        sink.accept(venue.name(), LEVEL2 + product, millis, json);
      }
    }

    String snapshot(long millis) {
      return levels("snapshot", millis, view.levels(Side.BID), view.levels(Side.ASK));
    }

    private String levels(String type, long millis, List<Level> bids, List<Level> asks) {
      var out = CoinbaseFrames.begin("l2_data", at(millis));
      out.append("{\"type\":\"").append(type);
      out.append("\",\"product_id\":\"").append(product).append("\",\"updates\":[");
      String separator = "";
      for (Level level : bids) {
        level(out.append(separator), "bid", millis, level);
        separator = ",";
      }
      for (Level level : asks) {
        level(out.append(separator), "offer", millis, level);
        separator = ",";
      }
      out.append("]}");
      return CoinbaseFrames.end(out);
    }

    private void level(StringBuilder out, String side, long millis, Level level) {
      out.append("{\"side\":\"").append(side);
      out.append("\",\"event_time\":\"").append(at(millis));
      price.append(out.append("\",\"price_level\":\""), level.ticks());
      quantity.append(out.append("\",\"new_quantity\":\""), level.lots()).append("\"}");
    }
  }
}
