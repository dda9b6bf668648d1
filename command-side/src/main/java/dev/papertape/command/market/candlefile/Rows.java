package dev.papertape.command.market.candlefile;

import dev.papertape.contracts.market.Bar;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;

/** Collects what a file's rows say: bars, and what is none. */
final class Rows {
  private static final int KEPT_UNREADABLE = 1000;
  private static final int LONGEST_NUMBER = 64;

  /** Decimals beyond this are no price or quantity, and would take for ever to compute with. */
  private static final int MOST_DIGITS = 60;

  private final LongConsumer progress;
  private final List<Bar> bars = new ArrayList<>();
  private final List<UnreadableRow> unreadable = new ArrayList<>();
  private long unreadableCount;

  Rows(LongConsumer progress) {
    this.progress = progress;
  }

  /** Reads one row. */
  void add(Columns columns, RowTime times, List<String> fields, long line) {
    try {
      bars.add(bar(columns, times, fields));
      progress.accept(bars.size());
    } catch (NumberFormatException unread) {
      addUnreadable(line, String.join(",", fields), String.valueOf(unread.getMessage()));
    }
  }

  void addUnreadable(long line, String raw, String problem) {
    unreadableCount++;
    if (unreadable.size() < KEPT_UNREADABLE) {
      unreadable.add(new UnreadableRow(line, raw, problem));
    }
  }

  List<Bar> bars() {
    return bars;
  }

  /** The first thousand. */
  List<UnreadableRow> unreadable() {
    return unreadable;
  }

  long unreadableCount() {
    return unreadableCount;
  }

  private static Bar bar(Columns columns, RowTime times, List<String> fields) {
    String time = field(fields, columns.time(), "time");
    Instant at =
        times.parse(
            columns.timeOfDay() < 0
                ? time
                : time + ' ' + field(fields, columns.timeOfDay(), "time of day"));
    return new Bar(
        at,
        decimal(fields, columns.open(), "open"),
        decimal(fields, columns.high(), "high"),
        decimal(fields, columns.low(), "low"),
        decimal(fields, columns.close(), "close"),
        columns.volume() < 0 ? BigDecimal.ZERO : decimal(fields, columns.volume(), "volume"),
        columns.vwap() < 0 ? null : decimal(fields, columns.vwap(), "vwap"),
        columns.trades() < 0
            ? null
            : (Long) decimal(fields, columns.trades(), "number of trades").longValue());
  }

  private static String field(List<String> fields, int column, String name) {
    if (column >= fields.size()) {
      throw new NumberFormatException("no " + name);
    }
    return fields.get(column);
  }

  private static BigDecimal decimal(List<String> fields, int column, String name) {
    String text = field(fields, column, name).strip();
    if (text.length() <= LONGEST_NUMBER) {
      try {
        BigDecimal value = new BigDecimal(text);
        if (Math.abs((long) value.scale()) <= MOST_DIGITS) {
          return value;
        }
      } catch (NumberFormatException _) {
        // Said below, with the column's name.
      }
    }
    throw new NumberFormatException("%s is no finite number: %s".formatted(name, text));
  }
}
