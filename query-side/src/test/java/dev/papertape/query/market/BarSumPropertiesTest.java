package dev.papertape.query.market;

import static org.assertj.core.api.Assertions.assertThat;

import dev.papertape.eventstore.market.StoredCandle;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class BarSumPropertiesTest {

  /** Minutes cut into any pieces, the pieces summed first, in any bracketing. */
  @Property(tries = 300)
  void anySplitGivesTheSameBar(@ForAll long seed, @ForAll @IntRange(min = 1, max = 90) int count) {
    Random random = new Random(seed);
    List<BarSum> minutes = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      minutes.add(BarSum.of(minute(random, i)));
    }
    BarSum inOrder = minutes.stream().reduce(BarSum::then).orElseThrow();

    List<BarSum> parts = new ArrayList<>(minutes);
    while (parts.size() > 1) {
      int at = random.nextInt(parts.size() - 1);
      parts.set(at, parts.get(at).then(parts.remove(at + 1)));
    }
    assertThat(parts.getFirst()).isEqualTo(inOrder);
    assertThat(inOrder.minutes()).isEqualTo(count);
    if (inOrder.vwap() != null) {
      assertThat(inOrder.vwap()).isBetween(inOrder.low(), inOrder.high());
    }
  }

  /** Prices of two decimals, volumes of eight, now and then none. */
  private static StoredCandle minute(Random random, int index) {
    BigDecimal a = BigDecimal.valueOf(10_000 + random.nextInt(500), 2);
    BigDecimal b = BigDecimal.valueOf(10_000 + random.nextInt(500), 2);
    BigDecimal volume =
        random.nextInt(5) == 0
            ? BigDecimal.ZERO.setScale(8)
            : BigDecimal.valueOf(random.nextInt(1_000_000_000), 8);
    return Candles.minute(index)
        .prices(a, a.max(b), a.min(b), b)
        .volume(volume, a.min(b), (long) random.nextInt(9))
        .flagged(random.nextInt(10) == 0 ? List.of("SPIKE") : List.of())
        .stored();
  }
}
