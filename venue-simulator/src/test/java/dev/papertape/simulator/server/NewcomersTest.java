package dev.papertape.simulator.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.papertape.simulator.kraken.KrakenTampering;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who subscribes to a book with a snapshot misses nothing that comes after it. */
class NewcomersTest {
  private static final String BOOK = "book/BTC/USDT/10";

  private final VenueStreams streams = new VenueStreams(List.of(BOOK), KrakenTampering.RULES);
  private final StreamSession session = new StreamSession(streams, new KrakenDialect(), () -> 0);

  /**
   * While a snapshot was on its way, up to the venue's latency, changes were not even written:
   * nobody heard the stream yet. Kraken's books diverged for nothing, Coinbase's were wrong.
   */
  @Test
  void Bug_4_changes_behind_a_snapshot_on_its_way_were_never_written() {
    streams.opened(session);
    assertThat(streams.wants(BOOK)).isFalse();
    streams.subscribe(session, List.of(BOOK));
    assertThat(streams.wants(BOOK)).as("from the request on").isTrue();

    streams.publish(BOOK, "{}", session);
    assertThat(streams.wants(BOOK)).as("it listens").isTrue();
    streams.unsubscribe(session, List.of(BOOK));
    assertThat(streams.wants(BOOK)).isFalse();
  }

  @Test
  void whoLeftBeforeTheSnapshotCameHearsNothing() {
    streams.opened(session);
    streams.subscribe(session, List.of(BOOK));
    streams.unsubscribe(session, List.of(BOOK));
    streams.publish(BOOK, "{}", session);
    assertThat(streams.wants(BOOK)).isFalse();

    streams.subscribe(session, List.of(BOOK));
    streams.closed(session);
    streams.publish(BOOK, "{}", session);
    assertThat(streams.wants(BOOK)).isFalse();
  }
}
