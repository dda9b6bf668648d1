package dev.papertape.command.market;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackoffTest {
  private final Backoff backoff = new Backoff(Duration.ofMillis(500), Duration.ofSeconds(30));

  @ParameterizedTest
  @CsvSource({
    "0, 250, 500",
    "1, 500, 1000",
    "3, 2000, 4000",
    "6, 15000, 30000",
    "63, 15000, 30000"
  })
  void doublesUpToTheCap(int failures, long least, long most) {
    for (int seed = 0; seed < 50; seed++) {
      assertThat(backoff.delay(failures, new Random(seed)))
          .isBetween(Duration.ofMillis(least), Duration.ofMillis(most));
    }
  }

  @Property
  void neverBeyondTheCap(@ForAll @IntRange(min = 0) int failures, @ForAll long seed) {
    assertThat(backoff.delay(failures, new Random(seed)))
        .isBetween(Duration.ofMillis(250), Duration.ofSeconds(30));
  }
}
