package dev.papertape.command.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.papertape.command.engine.FactSink.EngineFact;
import dev.papertape.command.fixtures.MemoryLog;
import dev.papertape.contracts.market.MarketEvent.VenueRegistered;
import dev.papertape.contracts.market.Venue;
import dev.papertape.eventstore.append.Appended;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ListingsTest {
  private static final Venue OTHER = new Venue("OTHER");

  private Instant now = Instant.parse("2026-01-01T00:00:00Z");
  private final Listings listings = new Listings(() -> now);
  private final EngineRig rig = new EngineRig();

  @BeforeEach
  void aLifeOfTwoVenues() {
    rig.open();
    rig.at(150).still();
    listings.began(Set.of(EngineRig.VENUE, OTHER));
  }

  @Test
  void areCompleteOnceEveryVenueHasRegistered() {
    assertThat(listings.isComplete()).isFalse();
    register(EngineRig.VENUE);
    assertThat(listings.isComplete()).as("the other may list the symbol finer").isFalse();
    register(OTHER);
    assertThat(listings.isComplete()).isTrue();
  }

  @Test
  void doNotWaitForEverForAVenueThatIsAway() {
    register(EngineRig.VENUE);
    now = now.plus(Listings.LONGEST_WAIT).minusMillis(1);
    assertThat(listings.isComplete()).isFalse();
    now = now.plusMillis(1);
    assertThat(listings.isComplete()).isTrue();
  }

  @Test
  void areNeverCompleteWithoutAnyVenue() {
    now = now.plusSeconds(3_600);
    assertThat(listings.isComplete()).isFalse();
  }

  @Test
  void ofAnEarlierLifeAreForgotten() {
    register(EngineRig.VENUE);
    register(OTHER);
    listings.ended();
    assertThat(listings.isComplete()).isFalse();
    listings.began(Set.of(EngineRig.VENUE, OTHER));
    assertThat(listings.isComplete()).isFalse();
    assertThat(listings.symbolsByVenue()).isEmpty();
  }

  /** What the rig's venue registered, said by {@code venue}. */
  private void register(Venue venue) {
    VenueRegistered said =
        rig.log.rows().stream()
            .map(MemoryLog::decode)
            .filter(VenueRegistered.class::isInstance)
            .map(VenueRegistered.class::cast)
            .findFirst()
            .orElseThrow();
    VenueRegistered registered =
        new VenueRegistered(
            venue,
            said.kind(),
            said.endpoints(),
            said.symbols(),
            said.fees(),
            said.latency(),
            said.capabilities(),
            said.integrity(),
            said.feedTime());
    EngineFact fact =
        new EngineFact("venue:" + venue, "venue", new UUID(0, 1), registered, Map.of());
    listings.durable(List.of(fact), new Appended(1, 1, now));
  }
}
