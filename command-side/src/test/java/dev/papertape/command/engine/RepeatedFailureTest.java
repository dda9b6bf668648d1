package dev.papertape.command.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RepeatedFailureTest {
  private Instant now = Instant.parse("2026-01-01T00:00:00Z");
  private final RepeatedFailure failure =
      new RepeatedFailure(Duration.ofMillis(500), Duration.ofSeconds(5), () -> now);

  @Test
  void isSaidOnceAMinuteOnOneLineWithItsCause() {
    var unreadable =
        new IllegalStateException("cannot fold\nthe log", new IOException("no such table"));

    assertThat(failure.happened(unreadable))
        .contains(
            "java.lang.IllegalStateException: cannot fold the log;"
                + " caused by java.io.IOException: no such table");
    now = now.plusSeconds(30);
    assertThat(failure.happened(unreadable)).isEmpty();
    now = now.plusSeconds(29);
    assertThat(failure.happened(unreadable)).isEmpty();
    now = now.plusSeconds(1);
    assertThat(failure.happened(new IllegalStateException("other")))
        .contains("java.lang.IllegalStateException: other (and 2 times since this was last said)");
  }

  @Test
  void isSaidAtOnceWhenItComesBack() {
    failure.happened(new IllegalStateException("first"));
    failure.isOver();

    assertThat(failure.happened(new IllegalStateException("second"))).isPresent();
  }

  @Test
  void theNextTryWaitsLongerEachTime() {
    List<Long> waits = new ArrayList<>();
    for (int n = 0; n < 6; n++) {
      failure.happened(new IllegalStateException());
      waits.add(failure.untilNextTry().toMillis());
    }
    assertThat(waits).containsExactly(500L, 1_000L, 2_000L, 4_000L, 5_000L, 5_000L);
    failure.isOver();
    failure.happened(new IllegalStateException());
    assertThat(failure.untilNextTry()).hasMillis(500);
  }
}
