package dev.papertape.command.market.connector;

import dev.papertape.command.market.Arrival;
import dev.papertape.command.market.InputSink;
import dev.papertape.command.market.VenueInput;
import dev.papertape.command.market.VenueInput.SnapshotFailed;
import dev.papertape.command.market.binance.BinanceDecoder;
import dev.papertape.contracts.market.Symbol;
import java.io.IOException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.Supplier;

/**
 * Fetches the snapshots that the engine asks for, one after the other. The answer, good or bad,
 * becomes an input; a request that finds the queue full is dropped, and the engine asks again.
 */
final class SnapshotFetcher implements Runnable {
  private static final int WAITING = 256;

  private record Wanted(Symbol symbol, long epoch) {}

  /** The venue's REST call. */
  @FunctionalInterface
  interface DepthCall {
    byte[] depth(Symbol symbol) throws IOException, InterruptedException;
  }

  private final BlockingQueue<Wanted> wanted = new ArrayBlockingQueue<>(WAITING);
  private final DepthCall rest;
  private final BinanceDecoder decoder;
  private final Supplier<Arrival> arrivals;
  private final InputSink sink;

  SnapshotFetcher(
      DepthCall rest, BinanceDecoder decoder, Supplier<Arrival> arrivals, InputSink sink) {
    this.rest = rest;
    this.decoder = decoder;
    this.arrivals = arrivals;
    this.sink = sink;
  }

  /** Returns at once. */
  void want(Symbol symbol, long epoch) {
    wanted.offer(new Wanted(symbol, epoch));
  }

  /** Works until its thread is interrupted. */
  @Override
  public void run() {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        Wanted next = wanted.take();
        sink.accept(fetch(next));
      }
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
    }
  }

  private VenueInput fetch(Wanted next) throws InterruptedException {
    try {
      byte[] body = rest.depth(next.symbol());
      return decoder.decodeSnapshot(arrivals.get(), next.symbol(), next.epoch(), body);
    } catch (IOException | RuntimeException failed) {
      return new SnapshotFailed(
          arrivals.get(),
          next.symbol(),
          next.epoch(),
          failed instanceof IOException ? String.valueOf(failed.getMessage()) : failed.toString());
    }
  }
}
