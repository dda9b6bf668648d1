package dev.papertape.simulator.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.papertape.simulator.coinbase.CoinbaseTampering;
import java.util.List;
import org.junit.jupiter.api.Test;

class VenueStreamsTest {
  private static final String BOOK = "level2/BTC-USDT";

  @Test
  void Bug_5_what_changes_while_a_newcomers_snapshot_is_underway_is_wanted() {
    VenueStreams streams = new VenueStreams(List.of(BOOK), CoinbaseTampering.RULES);
    StreamSession session =
        new StreamSession(streams, new CoinbaseDialect(() -> 0), System::nanoTime);
    streams.opened(session);
    assertThat(streams.wants(BOOK)).isFalse();

    streams.subscribe(session, List.of(BOOK));
    assertThat(streams.nextNewcomer()).isNotNull();
    assertThat(streams.wants(BOOK)).as("its snapshot is underway").isTrue();

    streams.publish(BOOK, "{}", session);
    assertThat(streams.wants(BOOK)).as("it listens").isTrue();

    streams.unsubscribe(session, List.of(BOOK));
    assertThat(streams.wants(BOOK)).as("nobody is left").isFalse();
  }

  @Test
  void who_is_gone_before_its_snapshot_is_waited_for_no_longer() {
    VenueStreams streams = new VenueStreams(List.of(BOOK), CoinbaseTampering.RULES);
    StreamSession session =
        new StreamSession(streams, new CoinbaseDialect(() -> 0), System::nanoTime);
    streams.opened(session);
    streams.subscribe(session, List.of(BOOK));
    streams.nextNewcomer();
    streams.closed(session);

    streams.publish(BOOK, "{}", session);

    assertThat(streams.wants(BOOK)).isFalse();
  }
}
