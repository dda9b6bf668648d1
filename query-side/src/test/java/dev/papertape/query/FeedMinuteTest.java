package dev.papertape.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class FeedMinuteTest {
  @Property
  void its_rows_are_what_counting_the_last_sixty_seconds_again_gives(
      @ForAll @Size(max = 200) List<@IntRange(min = -20, max = 40) Integer> steps)
      throws Exception {
    FeedMinute minute = FeedMinute.load(EmptyDatabase.connection(), "router");
    InMemoryRows rows = new InMemoryRows();
    long now = 1_000_000;
    List<Long> counted = new ArrayList<>();
    for (int step : steps) {
      now += step;
      minute.advance(Instant.ofEpochSecond(now), 1, rows);
      counted.add(now);
      long end = now;
      counted.removeIf(second -> second <= end - 60 || second > end);
      assertThat(total(rows)).isEqualTo(naive(counted));
    }
  }

  private static Map<String, Long> total(InMemoryRows rows) {
    return rows.table("router_second").entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, row -> (Long) row.getValue().getFirst()));
  }

  private static Map<String, Long> naive(List<Long> counted) {
    return counted.stream()
        .collect(Collectors.groupingBy(s -> "[" + s + "]", Collectors.counting()));
  }
}
