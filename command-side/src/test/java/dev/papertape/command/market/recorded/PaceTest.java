package dev.papertape.command.market.recorded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.papertape.command.market.VenueInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PaceTest {

  @Test
  void isReadAsTyped() {
    assertThat(Pace.parse("real")).isEqualTo(Pace.REAL);
    assertThat(Pace.parse("max")).isEqualTo(Pace.MAX);
    assertThat(Pace.parse("10x")).isEqualTo(new Pace(10));
    assertThat(Pace.parse("0.5x")).isEqualTo(new Pace(0.5));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "fast", "0x", "-1x", "10"})
  void anythingElseIsRefused(String text) {
    assertThatThrownBy(() -> Pace.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void framesWaitForTheirTime(@TempDir Path folder) throws IOException, InterruptedException {
    Path file = folder.resolve("spot.txt");
    String trade =
        " {\"e\":\"trade\",\"s\":\"BTCUSDT\",\"t\":%d,\"p\":\"1\",\"q\":\"1\",\"T\":1,\"m\":true}";
    Files.write(
        file,
        List.of(
            "1000000000" + trade.formatted(1),
            "1500000000" + trade.formatted(2),
            "3500000000" + trade.formatted(3)));
    AtomicReference<Instant> clock = new AtomicReference<>(Instant.EPOCH);
    List<Duration> pauses = new ArrayList<>();
    List<VenueInput> played = new ArrayList<>();
    PacedPlayer player =
        new PacedPlayer(
            new Pace(10),
            clock::get,
            pause -> {
              pauses.add(pause);
              clock.set(clock.get().plus(pause));
            });
    try (RecordedFeed feed = RecordedFeed.open(List.of(file), RecordedVenues.defaults())) {
      player.play(feed, played::add);
    }
    assertThat(pauses).containsExactly(Duration.ofMillis(50), Duration.ofMillis(200));
    assertThat(played).filteredOn(VenueInput.TradePrint.class::isInstance).hasSize(3);
  }
}
