package dev.papertape.command.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.papertape.command.engine.FactSink.EngineFact;
import dev.papertape.command.fixtures.MemoryLog;
import dev.papertape.command.market.Scale;
import dev.papertape.contracts.guards.TradingState;
import dev.papertape.eventstore.append.Appended;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is made of durable facts: metrics, and what can be traded. */
class DurableFactsTest {
  private final EngineRig rig = new EngineRig();
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final EngineMetrics metrics =
      new EngineMetrics(registry, Map.of(EngineRig.VENUE, List.of(EngineRig.BTC)));
  private final Listings listings = new Listings(() -> EngineRig.START);

  @BeforeEach
  void oneOrderRoutedAndOneBlocked() {
    assertThat(count("router.decisions", "venue", "BINANCE", "outcome", "ROUTED")).isZero();
    assertThat(count("exec.blocked", "reason", "HALTED")).isZero();
    rig.open();
    rig.buy("1");
    rig.enter(TradingState.HALTED);
    rig.buy("1");
    rig.at(150).still();
    List<EngineFact> facts =
        rig.log.rows().stream()
            .map(
                row ->
                    new EngineFact(
                        row.stream(),
                        row.streamType(),
                        row.eventId(),
                        MemoryLog.decode(row),
                        Map.of()))
            .toList();
    metrics.began(Set.of(EngineRig.VENUE));
    listings.began(Set.of(EngineRig.VENUE));
    Appended appended = new Appended(1, facts.size(), EngineRig.START);
    metrics.durable(facts, appended);
    listings.durable(facts, appended);
  }

  @Test
  void eachDecisionIsCountedOnce() {
    assertThat(count("router.decisions", "venue", "BINANCE", "outcome", "ROUTED")).isEqualTo(1);
    assertThat(count("router.decisions", "venue", "none", "outcome", "UNROUTABLE")).isZero();
    assertThat(count("exec.blocked", "reason", "HALTED")).isEqualTo(1);
    assertThat(count("l2.resyncs", "venue", "BINANCE", "symbol", "BTC-USDT", "reason", "INITIAL"))
        .isEqualTo(1);
    assertThat(gauge("price.stream.connected")).isEqualTo(1);
    assertThat(gauge("venue.score")).isBetween(0.0, 1.0).isNotZero();
  }

  @Test
  void aStandbyKnowsNothingOfVenuesThoughItKeepsItsCounts() {
    metrics.ended();
    assertThat(gauge("price.stream.connected")).isZero();
    assertThat(gauge("venue.score")).isZero();
    assertThat(count("router.decisions", "venue", "BINANCE", "outcome", "ROUTED")).isEqualTo(1);

    metrics.began(Set.of(EngineRig.VENUE));
    assertThat(gauge("price.stream.connected")).as("not before it is open again").isZero();
    assertThat(gauge("venue.score")).isZero();
  }

  @Test
  void whatVenuesRegisteredCanBeTraded() {
    assertThat(listings.symbolsByVenue())
        .isEqualTo(Map.of(EngineRig.VENUE, List.of(EngineRig.BTC)));
    assertThat(listings.finestSteps())
        .as("tick 0.01, lot 0.001")
        .isEqualTo(Map.of(EngineRig.BTC, new Scale(2, 3)));
  }

  private double count(String name, String... tags) {
    return registry.get(name).tags(tags).counter().count();
  }

  private double gauge(String name) {
    return registry.get(name).tags("venue", "BINANCE").gauge().value();
  }
}
