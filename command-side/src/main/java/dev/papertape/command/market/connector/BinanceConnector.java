package dev.papertape.command.market.connector;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.papertape.command.budget.BudgetedCalls;
import dev.papertape.command.market.InputSink;
import dev.papertape.command.market.WireProtocol;
import dev.papertape.command.market.binance.BinanceDecoder;
import dev.papertape.command.market.binance.WireSymbols;
import dev.papertape.command.market.contract.WireContracts;
import dev.papertape.command.market.wire.FrameDecoder;
import dev.papertape.contracts.market.Bar;
import dev.papertape.contracts.market.InstrumentRules;
import dev.papertape.contracts.market.Symbol;
import dev.papertape.contracts.market.Venue;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/**
 * One venue that speaks Binance spot, live or simulated: one combined stream, snapshots over REST.
 */
public final class BinanceConnector extends SocketConnector {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final BinanceRest rest;
  private final SnapshotFetcher snapshots;
  private final Thread fetching;

  /**
   * @param calls the way of every REST call
   * @param clock receive times of frames
   * @param random jitter of reconnects
   * @param sink takes inputs from two threads of this connector; may make them wait
   * @param tap sees every frame and snapshot before it is decoded
   */
  public BinanceConnector(
      ConnectorSettings settings,
      BudgetedCalls calls,
      InstantSource clock,
      RandomGenerator random,
      InputSink sink,
      FrameTap tap) {
    super(settings, clock, random, sink, tap);
    this.rest = new BinanceRest(new RestCalls(calls, WireProtocol.BINANCE_SPOT, settings));
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

  /** Oldest first, one of every minute. */
  @Override
  CandlePage candles(Symbol symbol, Instant from, Instant to)
      throws IOException, InterruptedException {
    byte[] body = rest.klines(wire(symbol), from, to);
    try {
      JsonNode rows = JSON.readTree(body);
      CandleRows read = CandleRows.read(rows, "binance-kline-row", BinanceConnector::bar);
      boolean cut = rows.size() >= BinanceRest.MOST_KLINES && !read.bars().isEmpty();
      Instant end = cut ? CandleRows.after(read.bars().getLast()) : to;
      return read.page(from, end.isBefore(to) ? end : to);
    } catch (JsonProcessingException malformed) {
      throw new IOException("klines of " + symbol + " are no JSON", malformed);
    } catch (IOException unreadable) {
      throw new IOException("klines of " + symbol + ": " + unreadable.getMessage(), unreadable);
    }
  }

  private static Bar bar(JsonNode row) {
    return new Bar(
        Instant.ofEpochMilli(row.path(0).longValue()),
        CandleRows.decimal(row.path(1)),
        CandleRows.decimal(row.path(2)),
        CandleRows.decimal(row.path(3)),
        CandleRows.decimal(row.path(4)),
        CandleRows.decimal(row.path(5)),
        null,
        row.path(8).longValue());
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
