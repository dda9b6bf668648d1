package dev.papertape.query.market;

import static dev.papertape.query.SampleEvents.BINANCE;
import static dev.papertape.query.SampleEvents.at;
import static org.assertj.core.api.Assertions.assertThat;

import dev.papertape.contracts.market.MarketEvent;
import dev.papertape.query.SampleEvents;
import org.junit.jupiter.api.Test;

class VenueRegistryProjectionTest {
  @Test
  void a_venue_keeps_its_connection_when_it_is_registered_again() {
    VenueView venue =
        fold(
            SampleEvents.registered(BINANCE, at(0)),
            SampleEvents.connected(BINANCE, 2, at(1)),
            SampleEvents.registered(BINANCE, at(2)));
    assertThat(venue.connection().state()).isEqualTo("CONNECTED");
    assertThat(venue.connection().since()).isEqualTo(at(1));
    assertThat(venue.connection().reconnects()).isEqualTo(2);
  }

  @Test
  void a_lost_connection_says_why_and_keeps_its_count() {
    VenueView venue =
        fold(
            SampleEvents.registered(BINANCE, at(0)),
            SampleEvents.connected(BINANCE, 2, at(1)),
            SampleEvents.disconnected(BINANCE, at(5)));
    assertThat(venue.connection())
        .isEqualTo(new VenueView.Connection("DISCONNECTED", at(5), 2L, "closed by peer"));
  }

  @Test
  void what_was_never_registered_is_not_shown() {
    assertThat(VenueRegistryProjection.fold(null, SampleEvents.connected(BINANCE, 0, at(1))))
        .isNull();
  }

  private static VenueView fold(MarketEvent... events) {
    VenueView venue = null;
    for (MarketEvent event : events) {
      venue = VenueRegistryProjection.fold(venue, event);
    }
    return venue;
  }
}
