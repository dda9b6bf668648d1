package dev.papertape.simulator.binance;

import dev.papertape.simulator.config.SimulatorConfig;
import dev.papertape.simulator.config.VenueConfig;
import dev.papertape.simulator.config.VenueWire;
import dev.papertape.simulator.market.BookDiff;
import dev.papertape.simulator.market.LevelBook.DiffCollector;
import dev.papertape.simulator.market.ListedMarket;
import dev.papertape.simulator.market.SimulatedMarket;
import dev.papertape.simulator.market.Trade;
import dev.papertape.simulator.wire.StreamSink;
import dev.papertape.simulator.wire.VenueTape;
import java.util.List;
import java.util.function.Supplier;

/**
 * Writes what each venue that speaks Binance spot streams. The sequence of messages is a function
 * of configuration and start alone: who listens decides only what is written out, never what
 * happens.
 */
public final class StreamTape implements VenueTape {

  private static final long SLOW_DEPTH_MILLIS = 1000;
  private static final long KLINE_MILLIS = 2000;

  private final List<Listed> listed;

  public StreamTape(SimulatorConfig config, SimulatedMarket market) {
    this.listed =
        market.listings().stream()
            .map(one -> new Listed(one, config.venue(one.venue()).orElseThrow()))
            .filter(one -> one.venue.wire() == VenueWire.BINANCE)
            .toList();
  }

  @Override
  public void publish(long millis, StreamSink sink) {
    listed.forEach(one -> one.publish(millis, sink));
  }

  @Override
  public List<String> streams() {
    return listed.stream()
        .flatMap(one -> streams(one.listing.instrument().streamSymbol()).stream())
        .distinct()
        .toList();
  }

  /** The streams of one listing, as named on the wire. */
  public static List<String> streams(String streamSymbol) {
    return List.of("@depth@100ms", "@depth", "@aggTrade", "@trade", "@kline_1m", "@bookTicker")
        .stream()
        .map(suffix -> streamSymbol + suffix)
        .toList();
  }

  private static final class Listed {

    private final ListedMarket listing;
    private final VenueConfig venue;
    private final ListingWire wire;
    private final DiffCollector fastDepth;
    private final DiffCollector slowDepth;
    private final String fastDepthStream;
    private final String slowDepthStream;
    private final String aggTradeStream;
    private final String tradeStream;
    private final String klineStream;
    private final String bookTickerStream;

    Listed(ListedMarket listing, VenueConfig venue) {
      this.listing = listing;
      this.venue = venue;
      this.wire = new ListingWire(listing);
      this.fastDepth = listing.book().collect();
      this.slowDepth = listing.book().collect();
      List<String> names = streams(listing.instrument().streamSymbol());
      this.fastDepthStream = names.get(0);
      this.slowDepthStream = names.get(1);
      this.aggTradeStream = names.get(2);
      this.tradeStream = names.get(3);
      this.klineStream = names.get(4);
      this.bookTickerStream = names.get(5);
    }

    void publish(long millis, StreamSink sink) {
      listing
          .stepClosed()
          .ifPresent(bar -> send(sink, klineStream, millis, () -> wire.kline(bar, true, millis)));
      for (Trade trade : listing.stepTrades()) {
        send(sink, tradeStream, millis, () -> wire.trade(trade, millis));
        send(sink, aggTradeStream, millis, () -> wire.aggTrade(trade, millis));
      }
      if (listing.touchMoved()) {
        send(sink, bookTickerStream, millis, () -> wire.bookTicker(listing));
      }
      if (due(millis, venue.depthIntervalMillis())) {
        depth(sink, fastDepthStream, fastDepth, millis);
      }
      if (due(millis, SLOW_DEPTH_MILLIS)) {
        depth(sink, slowDepthStream, slowDepth, millis);
      }
      if (due(millis, KLINE_MILLIS)) {
        send(sink, klineStream, millis, () -> wire.kline(listing.bars().current(), false, millis));
      }
    }

    private boolean due(long millis, long interval) {
      return Math.floorMod(millis - venue.depthPhaseMillis(), interval) == 0;
    }

    private void depth(StreamSink sink, String stream, DiffCollector collector, long millis) {
      if (collector.isEmpty()) {
        return;
      }
      BookDiff diff = collector.drain();
      send(sink, stream, millis, () -> wire.depthUpdate(diff, millis));
    }

    private void send(StreamSink sink, String stream, long millis, Supplier<String> json) {
      if (sink.wants(venue.name(), stream)) {
        sink.accept(venue.name(), stream, millis, json.get());
      }
    }
  }
}
