package dev.papertape.command.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.papertape.contracts.deploy.ArmCounts;
import dev.papertape.contracts.deploy.BlockCounts;
import dev.papertape.contracts.deploy.DeployEvent.SlosObserved;
import dev.papertape.contracts.deploy.Slo;
import dev.papertape.contracts.deploy.SloCounts;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class RolloutMetricsTest {
  private static final Instant AT = Instant.parse("2026-01-01T00:00:00Z");

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final RolloutMetrics metrics = new RolloutMetrics(registry);

  /** 100 samples, 3 of them bad, were counted where the lease was; 120 and 5 are here. */
  @Test
  void Bug_5_a_takeover_counted_the_rollouts_past_once_more() {
    metrics.goOnFrom(observed(100, 3));
    metrics.observed(observed(120, 5));
    assertThat(samples("bad")).isEqualTo(2);
    assertThat(samples("good")).isEqualTo(18);
  }

  @Test
  void aRolloutThatBeginsHereIsCountedWhole() {
    metrics.observed(observed(100, 3));
    metrics.observed(observed(120, 5));
    assertThat(samples("bad")).isEqualTo(5);
    assertThat(samples("good")).isEqualTo(115);
  }

  /** The lease went away at 100 samples and came back at 150. */
  @Test
  void whatAnotherProcessCountedMeanwhileIsNotCountedHere() {
    metrics.observed(observed(100, 3));
    metrics.goOnFrom(observed(150, 4));
    metrics.observed(observed(151, 4));
    assertThat(samples("bad")).isEqualTo(3);
    assertThat(samples("good")).isEqualTo(98);
  }

  private double samples(String outcome) {
    return registry
        .get("deploy.samples")
        .tag("slo", Slo.ERROR_RATE.name())
        .tag("arm", "CANDIDATE")
        .tag("outcome", outcome)
        .counter()
        .count();
  }

  private static SlosObserved observed(long samples, long bad) {
    SloCounts counts =
        new SloCounts(
            Slo.ERROR_RATE, new ArmCounts(samples, bad, 0), ArmCounts.NONE, BlockCounts.NONE);
    return new SlosObserved("r-1", 1, AT, AT, List.of(counts), null, null);
  }
}
