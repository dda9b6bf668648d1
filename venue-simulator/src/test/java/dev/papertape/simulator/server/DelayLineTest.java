package dev.papertape.simulator.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.papertape.simulator.config.VenueLatency;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class DelayLineTest {

  private final List<String> out = new ArrayList<>();

  @Test
  void aMessageLeavesItsLatencyLater() {
    var line = new DelayLine(new VenueLatency(35, 0), new SplittableRandom(1));
    line.put(1000, "s", "first");

    line.release(1034, (stream, json, newcomer) -> out.add(json));
    assertThat(out).isEmpty();
    assertThat(line.nextLeaves()).hasValue(1035);
    line.release(1035, (stream, json, newcomer) -> out.add(json));
    assertThat(out).containsExactly("first");
    assertThat(line.nextLeaves()).isEmpty();
  }

  @Test
  void jitterNeverOvertakes() {
    var line = new DelayLine(new VenueLatency(5, 50), new SplittableRandom(1));
    List<String> in = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      in.add("m" + i);
      line.put(1000 + i, "s", "m" + i);
    }
    for (long now = 1000; now <= 1260; now++) {
      line.release(now, (stream, json, newcomer) -> out.add(json));
    }
    assertThat(out).isEqualTo(in);
  }
}
