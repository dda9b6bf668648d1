package dev.papertape.command.market.connector;

import dev.papertape.command.market.Arrival;
import dev.papertape.command.market.InputSink;
import dev.papertape.command.market.VenueInput;
import dev.papertape.command.market.VenueInput.CandlesFailed;
import dev.papertape.command.market.VenueInput.CandlesFetched;
import dev.papertape.contracts.market.Symbol;
import dev.papertape.contracts.market.Venue;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fetches the candles that the engine asks for, one call after the other, no faster than the venue
 * allows. The answer, good or bad, becomes an input; a request that finds the queue full is
 * dropped, and the engine asks again.
 */
final class CandleFetcher implements Runnable {
  private static final Logger log = LoggerFactory.getLogger(CandleFetcher.class);
  private static final int WAITING = 256;
  private static final int ROWS_NAMED = 3;

  private record Wanted(Symbol symbol, Instant from, Instant to) {}

  /** The venue's REST call; throws {@link IOException} when there is no answer to use. */
  @FunctionalInterface
  interface Call {
    CandlePage candles(Symbol symbol, Instant from, Instant to)
        throws IOException, InterruptedException;
  }

  private final BlockingQueue<Wanted> wanted = new ArrayBlockingQueue<>(WAITING);
  private final Venue venue;
  private final Call rest;
  private final Duration spacing;
  private final Supplier<Arrival> arrivals;
  private final InputSink sink;

  /**
   * @param spacing least time between the ends of two calls
   */
  CandleFetcher(
      Venue venue, Call rest, Duration spacing, Supplier<Arrival> arrivals, InputSink sink) {
    this.venue = venue;
    this.rest = rest;
    this.spacing = spacing;
    this.arrivals = arrivals;
    this.sink = sink;
  }

  /** Returns at once. */
  void want(Symbol symbol, Instant from, Instant to) {
    wanted.offer(new Wanted(symbol, from, to));
  }

  /** Works until its thread is interrupted. */
  @Override
  public void run() {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        Wanted next = wanted.take();
        sink.accept(fetch(next));
        Thread.sleep(spacing);
      }
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
    }
  }

  private VenueInput fetch(Wanted next) throws InterruptedException {
    try {
      CandlePage page = rest.candles(next.symbol(), next.from(), next.to());
      if (!page.malformed().isEmpty()) {
        log.warn(
            "{}: {} candles of {} do not parse, such as {}",
            venue,
            page.malformed().size(),
            next.symbol(),
            page.malformed().stream().limit(ROWS_NAMED).toList());
      }
      return new CandlesFetched(
          arrivals.get(), next.symbol(), page.from(), page.to(), page.bars(), page.malformed());
    } catch (IOException | RuntimeException failed) {
      String reason =
          failed instanceof IOException ? String.valueOf(failed.getMessage()) : failed.toString();
      log.warn("{}: no candles of {}: {}", venue, next.symbol(), reason);
      return new CandlesFailed(arrivals.get(), next.symbol(), next.from(), next.to(), reason);
    }
  }
}
