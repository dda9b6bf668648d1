package dev.papertape.simulator.binance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.papertape.simulator.config.SimulatorConfig;
import dev.papertape.simulator.config.VenueWire;
import java.util.List;
import org.junit.jupiter.api.Test;

class StreamTapeTest {

  @Test
  void theSameSeedGivesTheSameBytesAndAnotherSeedOthers() {
    String once = new RunningTape(7, stream -> true).run(70).sha256();
    String again = new RunningTape(7, stream -> true).run(70).sha256();
    String other = new RunningTape(8, stream -> true).run(70).sha256();

    assertThat(again).isEqualTo(once);
    assertThat(other).isNotEqualTo(once);
  }

  @Test
  void whoListensDoesNotChangeWhatHappens() {
    List<String> amongAll =
        new RunningTape(3, stream -> true).run(20).of("BRIO", "ethusdt@depth@100ms");
    List<String> alone =
        new RunningTape(3, "ethusdt@depth@100ms"::equals).run(20).of("BRIO", "ethusdt@depth@100ms");

    assertThat(alone).isNotEmpty().isEqualTo(amongAll);
  }

  @Test
  void aVenueMoreLeavesTheOthersUnmoved() {
    SimulatorConfig all =
        SimulatorConfig.defaults(5).withHistoryMinutes(10).speaking(VenueWire.BINANCE);
    SimulatorConfig two = all.withVenues(all.venues().subList(0, 2));

    assertThat(new RunningTape(two, s -> true).run(10).of("ALTO", "btcusdt@aggTrade"))
        .isNotEmpty()
        .isEqualTo(new RunningTape(all, s -> true).run(10).of("ALTO", "btcusdt@aggTrade"));
  }

  @Test
  void everyVenueKeepsItsOwnCadence() {
    RunningTape tape = new RunningTape(1, "btcusdt@depth@100ms"::equals).run(10);

    // 10 s at 100 ms, 100 ms and 200 ms; this busy a book changes in each of those
    assertThat(tape.of("ALTO", "btcusdt@depth@100ms")).hasSize(100);
    assertThat(tape.of("BRIO", "btcusdt@depth@100ms")).hasSize(100);
    assertThat(tape.of("CIELO", "btcusdt@depth@100ms")).hasSize(50);
    assertThat(tape.messages)
        .filteredOn(message -> message.venue().equals("BRIO"))
        .allMatch(message -> message.eventMillis() % 100 == 30);
  }

  @Test
  void theSlowDepthStreamCarriesTheSameBook() {
    RunningTape tape = new RunningTape(2, stream -> stream.startsWith("solusdt@depth"));
    WireBook fast = WireBook.ofSnapshot(tape.snapshot("ALTO", "SOLUSDT"));
    WireBook slow = WireBook.ofSnapshot(tape.snapshot("ALTO", "SOLUSDT"));
    while (tape.market.millis() % 1000 != 0) {
      tape.step();
    }
    tape.run(5);
    tape.of("ALTO", "solusdt@depth@100ms").forEach(fast::apply);
    tape.of("ALTO", "solusdt@depth").forEach(slow::apply);

    assertThat(tape.of("ALTO", "solusdt@depth")).hasSize(6);
    assertThat(slow).isEqualTo(fast);
  }
}
