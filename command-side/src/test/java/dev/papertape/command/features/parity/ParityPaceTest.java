package dev.papertape.command.features.parity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.papertape.contracts.features.BuiltInFeatures;
import dev.papertape.contracts.features.FeatureParity;
import java.util.List;
import org.junit.jupiter.api.Test;

/** When scheduled runs come, in seconds of a clock that only counts. */
class ParityPaceTest {
  private final ParityPace pace = new ParityPace();

  @Test
  void Bug_4_the_first_run_is_counted_from_the_begin_of_the_life() {
    assertThat(isDue(false, 0)).isFalse();
    assertThat(isDue(false, 500)).isFalse();
    assertThat(isDue(true, 501)).isFalse();
    assertThat(isDue(true, 510)).isFalse();
    assertThat(isDue(true, 511)).isTrue();
  }

  @Test
  void Bug_4_runs_come_often_until_every_candle_feature_has_compared() {
    isDue(true, 0);
    ran(10, 0, 99);
    assertThat(isDue(true, 20)).isTrue();
    ran(20, 5, 99);
    assertThat(isDue(true, 79)).isFalse();
    assertThat(isDue(true, 80)).isTrue();
    // What stands out later is no reason to look more often.
    ran(80, 0, 99);
    assertThat(isDue(true, 139)).isFalse();
    // Another life begins anew.
    assertThat(isDue(false, 140)).isFalse();
    assertThat(isDue(true, 141)).isFalse();
    assertThat(isDue(true, 151)).isTrue();
  }

  @Test
  void Bug_4_without_candles_there_are_ten_early_runs() {
    isDue(true, 0);
    for (int run = 1; run < 10; run++) {
      ran(10 * run, 0, 99);
      assertThat(isDue(true, 10 * run + 10)).isTrue();
    }
    ran(100, 0, 99);
    assertThat(isDue(true, 159)).isFalse();
    assertThat(isDue(true, 160)).isTrue();
  }

  @Test
  void a_run_that_fails_is_tried_again() {
    isDue(true, 0);
    pace.failed(nanos(10));
    assertThat(isDue(true, 19)).isFalse();
    assertThat(isDue(true, 20)).isTrue();
  }

  private boolean isDue(boolean isHolder, long second) {
    return pace.isDue(isHolder, nanos(second));
  }

  private void ran(long second, long comparedRsi, long comparedMid) {
    pace.ran(
        List.of(
            parity(BuiltInFeatures.RSI.name(), comparedRsi),
            parity(BuiltInFeatures.MID.name(), comparedMid)),
        nanos(second));
  }

  private static FeatureParity parity(String name, long compared) {
    return new FeatureParity(name, 1, compared, compared, 0, 0, 0, 0, 0, null, null, null);
  }

  private static long nanos(long second) {
    return second * 1_000_000_000L;
  }
}
