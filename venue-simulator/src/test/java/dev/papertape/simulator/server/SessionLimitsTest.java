package dev.papertape.simulator.server;

import static dev.papertape.simulator.server.SessionLimits.Due;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SessionLimitsTest {

  private long nanos = 77;
  private final SessionLimits limits = new SessionLimits(() -> nanos);

  @Test
  void theSixthMessageWithinASecondIsOneTooMany() {
    for (int i = 0; i < 5; i++) {
      assertThat(limits.admitIncoming()).isTrue();
    }
    assertThat(limits.admitIncoming()).isFalse();
    pass(1000);
    assertThat(limits.admitIncoming()).isTrue();
  }

  @Test
  void pingsEveryTwentySecondsWhileThePongsCome() {
    pass(19_999);
    assertThat(limits.tend()).isEqualTo(Due.FINE);
    for (int i = 0; i < 10; i++) {
      pass(20_000);
      assertThat(limits.tend()).isEqualTo(Due.PING);
      assertThat(limits.tend()).isEqualTo(Due.FINE);
      limits.ponged();
    }
  }

  @Test
  void givesAPingAMinuteForItsPong() {
    pass(20_000);
    assertThat(limits.tend()).isEqualTo(Due.PING);
    pass(59_999);
    assertThat(limits.tend()).isNotEqualTo(Due.UNANSWERED);
    pass(1);
    assertThat(limits.tend()).isEqualTo(Due.UNANSWERED);
  }

  @Test
  void aConnectionLivesADay() {
    pass(TimeUnit.HOURS.toMillis(24));
    assertThat(limits.tend()).isEqualTo(Due.EXPIRED);
  }

  private void pass(long millis) {
    nanos += TimeUnit.MILLISECONDS.toNanos(millis);
  }
}
