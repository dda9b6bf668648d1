package dev.papertape.command.market.candlefile;

import dev.papertape.contracts.market.Bar;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** In which direction a file runs, and which rows break it. */
final class RowOrder {
  private RowOrder() {}

  /** Oldest first; of equal times the one that stands first in the file. */
  static List<Bar> ascending(List<Bar> bars) {
    List<Bar> sorted = new ArrayList<>(bars);
    if (runsBackwards(bars)) {
      Collections.reverse(sorted);
    }
    sorted.sort(Comparator.comparing(Bar::openTime));
    return sorted;
  }

  /** Open times of rows that stand behind a row which their file's direction puts after them. */
  static Set<Instant> misplaced(List<Bar> bars) {
    boolean backwards = runsBackwards(bars);
    Set<Instant> misplaced = new HashSet<>();
    Instant farthest = null;
    for (Bar bar : bars) {
      Instant time = bar.openTime();
      boolean goesOn =
          farthest == null || (backwards ? !time.isAfter(farthest) : !time.isBefore(farthest));
      if (goesOn) {
        farthest = time;
      } else {
        misplaced.add(time);
      }
    }
    return misplaced;
  }

  private static boolean runsBackwards(List<Bar> bars) {
    long balance = 0;
    for (int i = 1; i < bars.size(); i++) {
      balance += Integer.signum(bars.get(i).openTime().compareTo(bars.get(i - 1).openTime()));
    }
    return balance < 0;
  }
}
