package dev.papertape.command.market.connector;

import dev.papertape.command.budget.BudgetedCalls;
import dev.papertape.command.market.CandleRequests;
import dev.papertape.command.market.InputSink;
import dev.papertape.command.market.SnapshotRequests;
import dev.papertape.command.market.WireProtocol;
import java.time.InstantSource;
import java.util.random.RandomGenerator;

/**
 * One venue, live or simulated: learns its instruments, keeps a socket open, brings snapshots and
 * past candles on request. Whatever fails is retried with jittered backoff until {@link #close}.
 */
public interface VenueConnector extends SnapshotRequests, CandleRequests, AutoCloseable {

  /**
   * A connector for a venue that speaks this protocol; not yet started.
   *
   * @param calls the way of every REST call
   * @param clock receive times of frames
   * @param random jitter of reconnects
   * @param sink takes inputs from the connector's threads; may make them wait
   * @param tap sees every frame before it is decoded
   * @throws IllegalArgumentException for a protocol that only recordings are in
   */
  static VenueConnector of(
      WireProtocol wire,
      ConnectorSettings settings,
      BudgetedCalls calls,
      InstantSource clock,
      RandomGenerator random,
      InputSink sink,
      FrameTap tap) {
    return switch (wire) {
      case BINANCE_SPOT -> new BinanceConnector(settings, calls, clock, random, sink, tap);
      case COINBASE ->
          new SubscribingConnector(
              settings,
              new RestCalls(calls, wire, settings),
              CoinbaseSubscriptions::new,
              clock,
              random,
              sink,
              tap);
      case KRAKEN ->
          new SubscribingConnector(
              settings,
              new RestCalls(calls, wire, settings),
              KrakenSubscriptions::new,
              clock,
              random,
              sink,
              tap);
      case BINANCE_FUTURES, COINBASE_PRO, KRAKEN_V1 ->
          throw new IllegalArgumentException(
              settings.venue() + " speaks " + wire + ", which is read from recordings only");
    };
  }

  /** Starts connecting; returns at once. */
  void start();

  /** Ends the socket and all threads; nothing is put into the sink afterwards. */
  @Override
  void close();
}
