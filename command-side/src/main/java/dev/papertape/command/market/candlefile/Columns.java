package dev.papertape.command.market.candlefile;

import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Where a row keeps what; -1 for what it does not keep.
 *
 * @param timeOfDay a second column that completes the date, as MetaTrader writes
 * @param labelledByEnd whether the time is the end of the bar, not its start
 * @param quote whether the prices are a book's bids and not trades
 */
record Columns(
    int time,
    int timeOfDay,
    boolean labelledByEnd,
    int open,
    int high,
    int low,
    int close,
    int volume,
    int vwap,
    int trades,
    boolean quote) {
  private static final int NONE = -1;

  /** Columns by their names; null if there are no open, high, low and close. */
  static @Nullable Columns named(List<String> names) {
    ColumnNames plain = new ColumnNames(names);
    int open = plain.price("open");
    int high = plain.price("high");
    int low = plain.price("low");
    int close = plain.price("close");
    int start = plain.start();
    int time = start >= 0 ? start : plain.end();
    if (Math.min(Math.min(open, high), Math.min(Math.min(low, close), time)) < 0) {
      return null;
    }
    return new Columns(
        time,
        plain.timeOfDay(time),
        start < 0,
        open,
        high,
        low,
        close,
        plain.volume(),
        plain.vwap(),
        plain.trades(),
        false);
  }

  /**
   * Columns of rows without names, by their number and by what the first rows hold; null if they
   * are no bars.
   *
   * @param rows at least one, all as long as the first
   */
  static @Nullable Columns unnamed(List<List<String>> rows) {
    int width = rows.getFirst().size();
    if (width < 5) {
      return null;
    }
    for (int i = 1; i < 5; i++) {
      if (!isDecimal(rows.getFirst().get(i))) {
        return null;
      }
    }
    long inOrder = bounded(rows, 2, 3);
    // Coinbase's REST: time, low, high, open, close, volume.
    long lowFirst = bounded(rows, 2, 1);
    if (2 * Math.max(inOrder, lowFirst) < rows.size()) {
      return null;
    }
    return lowFirst > inOrder ? coinbase(width) : positional(1, 2, 3, 4, width, false);
  }

  /** Lean's: milliseconds or a time, open, high, low, close, volume; of quotes bid, then ask. */
  static @Nullable Columns lean(int width) {
    return width == 5 || width == 6
        ? positional(1, 2, 3, 4, width, false)
        : width == 11 ? positional(1, 2, 3, 4, 6, true) : null;
  }

  private static Columns positional(
      int open, int high, int low, int close, int width, boolean quote) {
    // Kraken's REST: ..., close, vwap, volume, count; its files: ..., close, volume, count.
    int volume = width == 8 ? 6 : width > 5 ? 5 : NONE;
    int trades = width == 8 ? 7 : width == 7 ? 6 : width >= 11 ? 8 : NONE;
    return new Columns(
        0, NONE, false, open, high, low, close, volume, width == 8 ? 5 : NONE, trades, quote);
  }

  private static Columns coinbase(int width) {
    return new Columns(0, NONE, false, 3, 2, 1, 4, width > 5 ? 5 : NONE, NONE, NONE, false);
  }

  /** In how many rows the four prices lie between those of the columns high and low. */
  private static long bounded(List<List<String>> rows, int high, int low) {
    return rows.stream()
        .filter(
            row ->
                IntStream.range(1, 5)
                    .allMatch(
                        i ->
                            decimal(row, i) <= decimal(row, high)
                                && decimal(row, i) >= decimal(row, low)))
        .count();
  }

  private static double decimal(List<String> row, int column) {
    return isDecimal(row.get(column)) ? Double.parseDouble(row.get(column).strip()) : Double.NaN;
  }

  static boolean isDecimal(String text) {
    try {
      return Double.isFinite(Double.parseDouble(text.strip()));
    } catch (NumberFormatException _) {
      return false;
    }
  }
}
