package dev.papertape.query.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.papertape.query.InMemoryRows;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class DowntimeTest {
  private static final String A = "A";
  private InMemoryRows rows = new InMemoryRows();
  private Downtime downtime = new Downtime();
  private long position;

  @Test
  void overlapping_intervals_count_once() {
    // 10 to 20 and 15 to 30 make 20 in one episode; 40 to 45 is another.
    was(10, 20);
    was(15, 30);
    was(40, 45);
    assertThat(span(0, 100)).isEqualTo(new Downtime.Span(25, 2));
  }

  @Test
  void a_window_clips_what_reaches_into_it_and_an_open_interval_counts_to_its_end() {
    was(10, 20);
    downtime.begins(A, 50, ++position, rows);
    // 15 to 20, 50 to 60
    assertThat(span(15, 60)).isEqualTo(new Downtime.Span(15, 2));
    // all within the open one
    assertThat(span(55, 60)).isEqualTo(new Downtime.Span(5, 1));
    assertThat(span(20, 50)).isEqualTo(new Downtime.Span(0, 0));
  }

  @Test
  void a_book_that_was_out_while_the_feed_is_known_to_be_down_adds_nothing() {
    downtime.begins(A, 10, ++position, rows);
    was(5, 15);
    downtime.ends(A, 20, ++position, rows);
    was(12, 18);
    assertThat(span(0, 100)).isEqualTo(new Downtime.Span(10, 1));
  }

  @Test
  void what_nobody_observed_is_neither_down_nor_up() {
    downtime.begins(A, 10, ++position, rows);
    downtime.unobserved(20, 80, ++position, rows);
    downtime.ends(A, 85, ++position, rows);
    assertThat(span(0, 100).ms()).isEqualTo(15);
    assertThat(span(Downtime.UNOBSERVED, 0, 100).ms()).isEqualTo(60);
  }

  /** Beside a bit for every millisecond; the intervals come by their ends, as events do. */
  @Property(tries = 300)
  void the_union_is_that_of_the_milliseconds_and_windows_add_up(
      @ForAll @Size(max = 30) List<@IntRange(max = 999) Integer> starts,
      @ForAll @Size(min = 30, max = 30) List<@IntRange(min = 1, max = 120) Integer> lengths,
      @ForAll @IntRange(max = 1_200) int cut) {
    rows = new InMemoryRows();
    downtime = new Downtime();
    List<int[]> intervals = new ArrayList<>();
    for (int i = 0; i < starts.size(); i++) {
      intervals.add(new int[] {starts.get(i), starts.get(i) + lengths.get(i)});
    }
    intervals.sort(Comparator.comparingInt(interval -> interval[1]));
    BitSet down = new BitSet();
    int known = 0;
    for (int[] interval : intervals) {
      was(interval[0], interval[1]);
      // What began before an interval that is told already ends where that one began to be told.
      down.set(Math.max(known == 0 ? 0 : Math.min(known, interval[1]), interval[0]), interval[1]);
      known = interval[1];
    }
    Downtime.Span whole = span(0, 1_200);
    assertThat(whole.ms()).isEqualTo(down.cardinality()).isLessThanOrEqualTo(1_200);
    assertThat(span(0, cut).ms() + span(cut, 1_200).ms()).isEqualTo(whole.ms());
    assertThat(span(0, cut).ms()).isEqualTo(down.get(0, cut).cardinality());
  }

  private void was(long from, long to) {
    downtime.was(A, from, to, ++position, rows);
  }

  private Downtime.Span span(long from, long to) {
    return span(A, from, to);
  }

  private Downtime.Span span(String venue, long from, long to) {
    return at(venue, to).since(at(venue, from));
  }

  /** As the query reads the stored rows. */
  private Downtime.Reading at(String venue, long moment) {
    return rows.table("report_venue_down").entrySet().stream()
        .filter(row -> row.getKey().startsWith("[" + venue + ","))
        .map(java.util.Map.Entry::getValue)
        .filter(row -> (long) row.getFirst() < moment)
        .max(Comparator.comparingLong(row -> (long) row.getFirst()))
        .map(
            row ->
                Downtime.Reading.at(
                    moment,
                    (long) row.getFirst(),
                    (Long) row.get(1),
                    (long) row.get(3),
                    (long) row.get(4)))
        .orElse(Downtime.Reading.NONE);
  }
}
