package dev.papertape.command.market.connector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.papertape.command.market.Arrival;
import dev.papertape.command.market.VenueInput;
import dev.papertape.command.market.VenueInput.CandlesFailed;
import dev.papertape.contracts.market.Symbol;
import dev.papertape.contracts.market.Venue;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class CandleFetcherTest {
  private static final Venue VENUE = new Venue("VENUE");
  private static final Symbol BTC = new Symbol("BTC-USD");
  private static final Instant NOON = Instant.parse("2026-01-05T12:00:00Z");

  /** The second answer shows that the fetcher outlived the first. */
  @Test
  void Bug_4_whateverACallThrowsIsAFailureAndTheNextCallIsMade() throws InterruptedException {
    BlockingQueue<VenueInput> inputs = new LinkedBlockingQueue<>();
    CandleFetcher fetcher =
        new CandleFetcher(
            VENUE,
            (_, _, _) -> {
              throw new ArithmeticException("exponent");
            },
            Duration.ZERO,
            () -> new Arrival(VENUE, NOON, 0, 0),
            inputs::put);
    Thread thread = Thread.ofPlatform().daemon().start(fetcher);
    for (int call = 0; call < 2; call++) {
      fetcher.want(BTC, NOON, NOON.plusSeconds(60));
      assertThat(inputs.poll(10, TimeUnit.SECONDS))
          .isInstanceOfSatisfying(
              CandlesFailed.class, failed -> assertThat(failed.reason()).contains("exponent"));
    }
    thread.interrupt();
    assertThat(thread.join(Duration.ofSeconds(10))).isTrue();
  }
}
