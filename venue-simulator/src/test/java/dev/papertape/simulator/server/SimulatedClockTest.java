package dev.papertape.simulator.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SimulatedClockTest {

  private long nanos = 5_000_000_000L;

  @Test
  void runsAtItsFactorFromItsStart() {
    var clock = new SimulatedClock(1_000_000, 10, () -> nanos);
    assertThat(clock.millis()).isEqualTo(1_000_000);
    nanos += 7_000_000;
    assertThat(clock.millis()).isEqualTo(1_000_070);
    assertThat(clock.nanosUntil(1_000_100)).isEqualTo(3_000_000);
    assertThat(clock.nanosUntil(1_000_000)).isZero();
    assertThat(clock.realNanos(35)).isEqualTo(3_500_000);
  }
}
