package dev.papertape.query.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.papertape.query.report.RollupSpans.Span;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class RollupSpansTest {
  @Test
  void takes_the_coarsest_rows_that_fit() {
    // From 22:58 of day 0 to 01:02 of day 2: 2 min, 1 h, 1 day, 1 h, 2 min.
    assertThat(RollupSpans.cover(82_680, 176_520, Resolution.MINUTE))
        .containsExactly(
            new Span(Resolution.MINUTE, 82_680, 82_800),
            new Span(Resolution.HOUR, 82_800, 86_400),
            new Span(Resolution.DAY, 86_400, 172_800),
            new Span(Resolution.HOUR, 172_800, 176_400),
            new Span(Resolution.MINUTE, 176_400, 176_520));
  }

  /** Every second of the window is in exactly one row, and every row is whole. */
  @Property(tries = 500)
  void spans_meet_and_hold_whole_rows_only(
      @ForAll @LongRange(min = -200_000, max = 2_000_000) long from,
      @ForAll @LongRange(min = 1, max = 8_000_000) long length) {
    List<Span> spans = RollupSpans.cover(from, from + length, Resolution.SECOND);
    long at = from;
    for (Span span : spans) {
      assertThat(span.from()).isEqualTo(at);
      assertThat(span.to()).isGreaterThan(at);
      assertThat(span.from() % span.resolution().seconds()).isZero();
      assertThat(span.to() % span.resolution().seconds()).isZero();
      at = span.to();
    }
    assertThat(at).isEqualTo(from + length);
    assertThat(spans.size()).isLessThanOrEqualTo(7);
  }
}
