package dev.papertape.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class FeedMinuteTest {
  private final InMemoryRows rows = new InMemoryRows();

  /** A row of the table, as the query reads it. */
  private record Run(long first, long second, long last, long counted, long left) {}

  /**
   * Each step moves feed time some seconds (back, too), and counts its event unless it is odd. The
   * rows must tell the minute as it was after every event, not only after the newest.
   */
  @Property
  void itsRowsTellTheMinuteAsItWasAfterEachEvent(
      @ForAll @Size(max = 80) List<@IntRange(min = -20, max = 40) Integer> steps,
      @ForAll @Size(80) List<@IntRange(min = 0, max = 3) Integer> kinds)
      throws Exception {
    InMemoryRows written = new InMemoryRows();
    FeedMinute minute = FeedMinute.load(EmptyDatabase.connection(), "router");
    long now = 1_000_000;
    List<Long> positions = new ArrayList<>();
    List<Long> seconds = new ArrayList<>();
    List<List<Long>> inMinute = new ArrayList<>();
    for (int i = 0; i < steps.size(); i++) {
      now += steps.get(i);
      boolean isCounted = kinds.get(i) > 0;
      minute.advance(Instant.ofEpochSecond(now), isCounted, i + 1, written);
      long end = now;
      for (int p = positions.size() - 1; p >= 0; p--) {
        if (seconds.get(p) <= end - 60 || seconds.get(p) > end) {
          positions.remove(p);
          seconds.remove(p);
        }
      }
      if (isCounted) {
        positions.add((long) i + 1);
        seconds.add(now);
      }
      inMinute.add(List.copyOf(positions));
    }
    List<Long> counted = new ArrayList<>();
    for (int i = 0; i < steps.size(); i++) {
      if (kinds.get(i) > 0) {
        counted.add((long) i + 1);
      }
    }
    for (int i = 0; i < steps.size(); i++) {
      assertThat(told(written, counted, i + 1)).as("after %s", i + 1).isEqualTo(inMinute.get(i));
    }
    assertThat(runs(written).stream().mapToLong(Run::counted).sum()).isEqualTo(counted.size());
  }

  @Test
  void oneRunASecondHoweverManyAreCountedInIt() throws Exception {
    FeedMinute minute = FeedMinute.load(EmptyDatabase.connection(), "router");
    for (int position = 1; position <= 500; position++) {
      minute.advance(Instant.ofEpochMilli(1_000 + position), true, position, rows);
    }
    minute.advance(Instant.ofEpochSecond(61), false, 501, rows);

    assertThat(runs(rows)).containsExactly(new Run(1, 1, 500, 500, 501));
  }

  @Test
  void whatIsFoldedLateIsListedButCountedInNoMinute() throws Exception {
    FeedMinute minute = FeedMinute.load(EmptyDatabase.connection(), "router");
    minute.advance(Instant.ofEpochSecond(100), true, 7, rows);
    minute.advance(Instant.ofEpochSecond(90), true, 3, rows);

    assertThat(runs(rows))
        .containsExactlyInAnyOrder(new Run(7, 100, 7, 1, Long.MAX_VALUE), new Run(3, 90, 3, 1, 4));
  }

  /** The positions counted in the minute as of a position, from the rows and the log alone. */
  private static List<Long> told(InMemoryRows rows, List<Long> counted, long asOf) {
    return counted.stream()
        .filter(position -> position <= asOf)
        .filter(
            position ->
                runs(rows).stream()
                    .anyMatch(
                        run ->
                            run.first <= asOf
                                && asOf < run.left
                                && run.first <= position
                                && position <= run.last))
        .toList();
  }

  private static List<Run> runs(InMemoryRows rows) {
    return rows.table("router_second").entrySet().stream()
        .map(
            row ->
                new Run(
                    Long.parseLong(row.getKey().replaceAll("\\D", "")),
                    (Long) row.getValue().get(0),
                    (Long) row.getValue().get(1),
                    (Long) row.getValue().get(2),
                    row.getValue().get(3) == null ? Long.MAX_VALUE : (Long) row.getValue().get(3)))
        .toList();
  }
}
