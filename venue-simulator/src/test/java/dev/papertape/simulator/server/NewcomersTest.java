package dev.papertape.simulator.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.papertape.simulator.kraken.KrakenTampering;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who asked for a book with a snapshot, and left before it came. */
class NewcomersTest {
  private static final String BOOK = "book/BTC/USDT/10";

  private final VenueStreams streams = new VenueStreams(List.of(BOOK), KrakenTampering.RULES);
  private final StreamSession session = new StreamSession(streams, new KrakenDialect(), () -> 0);

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
