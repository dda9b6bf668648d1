package dev.papertape.query.report;

import dev.papertape.eventstore.projection.Changes;
import java.math.BigDecimal;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The rows that are being added to: of each venue the newest second, minute, hour and day. Owned by
 * one fold.
 */
final class VenueRows {
  /** How long seconds are kept, of feed time. */
  static final long SECONDS_KEPT = 7_200;

  private record Place(Resolution resolution, String venue) {}

  private final Map<Place, VenueRow> current = new HashMap<>();
  private final Deque<List<Object>> seconds = new ArrayDeque<>();
  private final Set<VenueRow> touched = new LinkedHashSet<>();

  /** Goes on with a stored row that was its venue's newest. */
  void recall(VenueRow row) {
    current.put(new Place(row.resolution, row.venue), row);
  }

  /** Knows of a stored second, oldest first. */
  void recallSecond(List<Object> key) {
    seconds.add(key);
  }

  /** What an event adds to its venue. */
  final class Additions {
    private final String venue;
    private final long second;
    private final long position;

    private Additions(String venue, long second, long position) {
      this.venue = venue;
      this.second = second;
      this.position = position;
    }

    Additions add(VenueMeasure measure, BigDecimal value) {
      for (Resolution resolution : Resolution.values()) {
        row(resolution).add(measure, value);
      }
      return this;
    }

    Additions add(VenueMeasure measure, long count) {
      return add(measure, BigDecimal.valueOf(count));
    }

    void addSlippage(double bps) {
      Percentiles sample = Percentiles.NONE.plus(bps);
      for (Resolution resolution : Resolution.values()) {
        row(resolution).addSlippage(sample);
      }
    }

    void addTimeToFill(long ms) {
      Percentiles sample = Percentiles.NONE.plus(ms);
      for (Resolution resolution : Resolution.values()) {
        row(resolution).addTimeToFill(sample);
      }
    }

    private VenueRow row(Resolution resolution) {
      long start = resolution.start(second);
      VenueRow row = current.get(new Place(resolution, venue));
      if (row == null || row.start != start) {
        row = new VenueRow(resolution, venue, start, position);
        current.put(new Place(resolution, venue), row);
        if (resolution == Resolution.SECOND) {
          seconds.add(row.key());
        }
      }
      touched.add(row);
      return row;
    }
  }

  Additions of(String venue, long second, long position) {
    return new Additions(venue, second, position);
  }

  /** Of each venue the newest row of each resolution. */
  void forEach(Consumer<VenueRow> consumer) {
    current.values().forEach(consumer);
  }

  /** Writes what was added to, and drops the seconds that are too old. */
  void write(long second, Changes changes) {
    for (VenueRow row : touched) {
      changes.upsert(VenueTables.ROLLUP, row.key(), row.values());
    }
    touched.clear();
    while (!seconds.isEmpty() && (long) seconds.getFirst().get(2) < second - SECONDS_KEPT) {
      changes.delete(VenueTables.ROLLUP, seconds.removeFirst());
    }
  }
}
