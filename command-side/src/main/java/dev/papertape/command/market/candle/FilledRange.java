package dev.papertape.command.market.candle;

import dev.papertape.command.market.VenueInput.CandlesFetched;
import dev.papertape.contracts.market.Bar;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A back-fill as it is told of: from where it began, and the bars that it brought. */
final class FilledRange {
  private @Nullable Instant from;
  private long bars;

  /** One that is over. */
  record Done(Instant from, Instant to, long bars) {
    /** A single minute is no news of its own. */
    boolean isOneMinute() {
      return Minutes.after(from).equals(to);
    }
  }

  /** Open times of the minutes that an answer says nothing of, the first of each row of them. */
  static List<Instant> holes(CandlesFetched answer) {
    List<Instant> holes = new ArrayList<>();
    Instant expected = answer.from();
    for (Bar bar : answer.bars()) {
      if (bar.openTime().isAfter(expected)) {
        holes.add(expected);
      }
      expected = Minutes.after(bar.openTime());
    }
    if (expected.isBefore(answer.to())) {
      holes.add(expected);
    }
    return holes;
  }

  /** An answer begins at this minute; of several the first counts. */
  void beginAt(Instant minute) {
    from = from == null ? minute : from;
  }

  void add(long more) {
    bars += more;
  }

  /** Ends what was begun; null if nothing was. */
  @Nullable Done endAt(@Nullable Instant to) {
    Instant begun = from;
    if (begun == null || to == null) {
      return null;
    }
    Done done = new Done(begun, to, bars);
    from = null;
    bars = 0;
    return done;
  }
}
