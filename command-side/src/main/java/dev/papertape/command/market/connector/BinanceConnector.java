package dev.papertape.command.market.connector;

import dev.papertape.command.market.InputSink;
import dev.papertape.command.market.binance.BinanceDecoder;
import dev.papertape.command.market.binance.WireSymbols;
import dev.papertape.command.market.contract.WireContracts;
import dev.papertape.command.market.wire.FrameDecoder;
import dev.papertape.contracts.market.InstrumentRules;
import dev.papertape.contracts.market.Symbol;
import dev.papertape.contracts.market.Venue;
import java.io.IOException;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/**
 * One venue that speaks Binance spot, live or simulated: one combined stream, snapshots over REST.
 */
public final class BinanceConnector extends SocketConnector {
  private final BinanceRest rest;
  private final SnapshotFetcher snapshots;
  private final Thread fetching;

  /**
   * @param clock receive times of frames
   * @param random jitter of reconnects
   * @param sink takes inputs from two threads of this connector; may make them wait
   * @param tap sees every frame and snapshot before it is decoded
   */
  public BinanceConnector(
      ConnectorSettings settings,
      InstantSource clock,
      RandomGenerator random,
      InputSink sink,
      FrameTap tap) {
    super(settings, clock, random, sink, tap);
    this.rest = new BinanceRest(client, settings.rest(), settings.requestTimeout(), clock);
    this.snapshots =
        new SnapshotFetcher(
            this::depth, new BinanceDecoder(new WireSymbols(false)), this::arrival, sink);
    this.fetching = thread("snapshots", snapshots);
  }

  @Override
  public void request(Venue venue, Symbol symbol, long epoch) {
    if (venue.equals(settings.venue())) {
      snapshots.want(symbol, epoch);
    }
  }

  private byte[] depth(Symbol symbol) throws IOException, InterruptedException {
    byte[] body = rest.depth(wire(symbol), settings.snapshotDepth());
    String url = settings.rest() + BinanceRest.depthPath(wire(symbol), settings.snapshotDepth());
    tap.fetched(settings.venue(), clock.instant(), url, body);
    WireContracts.SHIPPED.require("binance-depth-snapshot", body);
    return body;
  }

  @Override
  List<InstrumentRules> rules(Symbol symbol) throws IOException, InterruptedException {
    return rest.exchangeInfo(wire(symbol)).instruments().stream()
        .filter(rules -> rules.symbol().equals(symbol))
        .toList();
  }

  @Override
  FrameDecoder decoder(List<InstrumentRules> instruments) {
    WireSymbols symbols = new WireSymbols(false);
    instruments.forEach(rules -> symbols.learn(rules.wireSymbol(), rules.symbol()));
    return new BinanceDecoder(symbols);
  }

  @Override
  URI address(List<InstrumentRules> instruments) {
    String streams =
        instruments.stream()
            .map(rules -> rules.wireSymbol().toLowerCase(Locale.ROOT))
            .map(wire -> wire + "@depth@100ms/" + wire + "@aggTrade/" + wire + "@kline_1m")
            .collect(Collectors.joining("/"));
    return URI.create(settings.stream() + "/stream?streams=" + streams);
  }

  @Override
  List<Thread> helpers() {
    return List.of(fetching);
  }

  private static String wire(Symbol symbol) {
    return symbol.base() + symbol.quote();
  }
}
