package dev.papertape.command.market.candlefile;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads delimited text. Its columns are found by a header within the first lines (comment and link
 * lines before it are passed over) or, without one, by what stands in them. Lean's rows have no
 * header: their time is milliseconds since midnight or {@code yyyyMMdd HH:mm}.
 */
final class CsvRows {
  private static final int LOOKED_AT = 50;
  private static final char[] SEPARATORS = {',', ';', '\t', '|'};

  private final Rows rows;
  private final @Nullable LocalDate day;
  private final List<CsvRecord> first = new ArrayList<>();
  private @Nullable Columns columns;
  private CandleFile.Kind kind = CandleFile.Kind.CSV;
  private boolean named;
  private int width;
  private RowTime times;

  /**
   * @param day what Lean's times of day belong to; null where that is not known
   */
  CsvRows(Rows rows, @Nullable LocalDate day) {
    this.rows = rows;
    this.day = day;
    times = new RowTime(null);
  }

  CandleFile.Kind kind() {
    return kind;
  }

  boolean isLabelledByEnd() {
    return columns != null && columns.labelledByEnd();
  }

  /** Returns what makes this no candle text, null if it is one. */
  @Nullable String read(InputStream input, Unpacked source, byte[] head) throws IOException {
    try (CsvReader<CsvRecord> reader =
        CsvReader.builder()
            .fieldSeparator(separator(head))
            .allowExtraFields(true)
            .allowMissingFields(true)
            .allowExtraCharsAfterClosingQuote(true)
            .detectBomHeader(true)
            .ofCsvRecord(input, StandardCharsets.UTF_8)) {
      return read(reader.iterator(), source);
    } catch (CsvParseException | UncheckedIOException broken) {
      return "it is broken after %d rows: %s"
          .formatted(rows.bars().size(), String.valueOf(broken.getMessage()));
    }
  }

  private @Nullable String read(Iterator<CsvRecord> records, Unpacked source) {
    while (first.size() < LOOKED_AT && records.hasNext()) {
      first.add(records.next());
    }
    int begin = layOut();
    Columns found = columns;
    if (found == null) {
      first.forEach(this::addNoCandle);
      records.forEachRemaining(this::addNoCandle);
      return first.isEmpty()
          ? "it is empty"
          : "it has no columns of time, open, high, low and close";
    }
    // Without a header they are rows like those below them, or comments.
    first.subList(0, begin).stream()
        .filter(row -> !named && row.getFieldCount() == width)
        .forEach(this::addNoCandle);
    for (int i = begin; i < first.size(); i++) {
      boolean last = i == first.size() - 1 && !records.hasNext();
      take(found, first.get(i), last && source.damage() != null);
    }
    while (records.hasNext()) {
      CsvRecord row = records.next();
      take(found, row, !records.hasNext() && source.damage() != null);
    }
    return null;
  }

  private void addNoCandle(CsvRecord row) {
    rows.addUnreadable(row.getStartingLineNumber(), text(row), "no candle");
  }

  private void take(Columns found, CsvRecord row, boolean cut) {
    if (cut || row.getFieldCount() < width || hasMore(row)) {
      String problem =
          cut
              ? "the file breaks off in it"
              : "%d columns, not %d".formatted(row.getFieldCount(), width);
      rows.addUnreadable(row.getStartingLineNumber(), text(row), problem);
    } else {
      rows.add(found, times, row.getFields(), row.getStartingLineNumber());
    }
  }

  private boolean hasMore(CsvRecord row) {
    for (int i = width; i < row.getFieldCount(); i++) {
      if (!row.getField(i).isBlank()) {
        return true;
      }
    }
    return false;
  }

  /** Finds the columns; returns the first row that holds data. */
  private int layOut() {
    for (int i = 0; i < first.size(); i++) {
      Columns names = Columns.named(first.get(i).getFields());
      if (names != null) {
        columns = names;
        named = true;
        width = width(first.get(i));
        return i + 1;
      }
      if (unnamed(i)) {
        return i;
      }
    }
    return first.size();
  }

  /** A header may end with an empty column, as a trailing separator makes one. */
  private static int width(CsvRecord header) {
    int width = header.getFieldCount();
    while (width > 0 && header.getField(width - 1).isBlank()) {
      width--;
    }
    return width;
  }

  private boolean unnamed(int from) {
    CsvRecord row = first.get(from);
    String time = row.getField(0).strip();
    if (!isTime(time) || (from > 0 && isHeaderOf(first.get(from - 1), row))) {
      return false;
    }
    List<List<String>> alike =
        first.subList(from, first.size()).stream()
            .map(CsvRecord::getFields)
            .filter(fields -> fields.size() == row.getFieldCount())
            .toList();
    boolean timeOfDay = RowTime.isOfDay(time);
    boolean lean = timeOfDay || time.matches("\\d{8} \\d{2}:\\d{2}");
    columns = lean ? Columns.lean(row.getFieldCount()) : Columns.unnamed(alike);
    if (columns == null || (lean && !Columns.isDecimal(row.getField(1)))) {
      columns = null;
      return false;
    }
    width = row.getFieldCount();
    if (lean) {
      kind = columns.quote() ? CandleFile.Kind.LEAN_QUOTE : CandleFile.Kind.LEAN_TRADE;
    }
    if (timeOfDay) {
      times = new RowTime(day == null ? LocalDate.EPOCH : day);
    }
    return true;
  }

  /** Names that are not those of a candle: what stands below them is something else. */
  private static boolean isHeaderOf(CsvRecord names, CsvRecord row) {
    return names.getFieldCount() == row.getFieldCount()
        && names.getFields().stream()
            .noneMatch(name -> name.isBlank() || Columns.isDecimal(name) || isTime(name.strip()));
  }

  private static boolean isTime(String text) {
    try {
      new RowTime(RowTime.isOfDay(text) ? LocalDate.EPOCH : null).parse(text);
      return true;
    } catch (NumberFormatException _) {
      return false;
    }
  }

  private static char separator(byte[] head) {
    String start = new String(head, StandardCharsets.UTF_8);
    char best = SEPARATORS[0];
    long most = 0;
    for (char separator : SEPARATORS) {
      long count = start.chars().filter(c -> c == separator).count();
      if (count > most) {
        most = count;
        best = separator;
      }
    }
    return best;
  }

  private static String text(CsvRecord row) {
    return String.join(",", row.getFields());
  }
}
