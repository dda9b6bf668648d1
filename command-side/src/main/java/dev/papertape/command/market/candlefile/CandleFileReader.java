package dev.papertape.command.market.candlefile;

import dev.papertape.contracts.market.Bar;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;
import org.jspecify.annotations.Nullable;

/** Opens a file by its first bytes and reads what is in it by the first character of the text. */
final class CandleFileReader {
  private static final int HEAD = 1 << 14;
  private static final int MOST_ENTRIES = 10_000;
  private static final Pattern DAY = Pattern.compile("(?<!\\d)(\\d{8})(?!\\d)");

  private final Path path;
  private final Rows rows;
  private final List<String> damage = new ArrayList<>();
  private CandleFile.Kind kind = CandleFile.Kind.UNKNOWN;
  private boolean labelledByEnd;

  CandleFileReader(Path path, Rows rows) {
    this.path = path;
    this.rows = rows;
  }

  void read() throws IOException {
    try (InputStream raw = new BufferedInputStream(Files.newInputStream(path), 1 << 16)) {
      byte[] magic = peek(raw, 4);
      long size = Files.size(path);
      if (startsWith(magic, 'P', 'K')) {
        zip(raw, size);
      } else if (startsWith(magic, 0x1f, 0x8b)) {
        text(new Unpacked(new GZIPInputStream(raw, 1 << 16), size), name(path));
      } else {
        text(new Unpacked(raw, size), name(path));
      }
    } catch (ZipException | EOFException broken) {
      damage.add("the packed file is broken: " + broken.getMessage());
    }
  }

  private void zip(InputStream raw, long size) throws IOException {
    ZipInputStream zip = new ZipInputStream(raw);
    Unpacked unpacked = new Unpacked(zip, size);
    int entries = 0;
    for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
      if (++entries > MOST_ENTRIES || unpacked.damage() != null) {
        damage.add("it has more than %d entries".formatted(MOST_ENTRIES));
        return;
      }
      if (!entry.isDirectory()) {
        text(unpacked, entry.getName());
      }
      if (unpacked.damage() != null) {
        return;
      }
    }
    if (entries == 0) {
      damage.add("it is a zip without entries");
    }
  }

  private void text(Unpacked unpacked, String name) throws IOException {
    // Its readers close what they read; the next entry of a zip is still wanted.
    BufferedInputStream input =
        new BufferedInputStream(unpacked, 1 << 16) {
          @Override
          public void close() {}
        };
    byte[] head = peek(input, HEAD);
    String problem;
    if (firstOf(head) == '{' || firstOf(head) == '[') {
      JsonRows json = new JsonRows(rows);
      problem = json.read(input);
      kind = CandleFile.Kind.JSON;
      labelledByEnd |= json.isLabelledByEnd();
    } else {
      CsvRows csv = new CsvRows(rows, day(name));
      problem = csv.read(input, unpacked, head);
      kind = problem == null ? csv.kind() : CandleFile.Kind.UNKNOWN;
      labelledByEnd |= csv.isLabelledByEnd();
    }
    String broken = unpacked.damage();
    if (broken != null) {
      damage.add(broken);
    } else if (problem != null) {
      damage.add(problem);
    }
  }

  private @Nullable LocalDate day(String name) {
    for (String where : List.of(name, name(path))) {
      Matcher matcher = DAY.matcher(where);
      if (matcher.find()) {
        try {
          return LocalDate.parse(matcher.group(1), DateTimeFormatter.BASIC_ISO_DATE);
        } catch (DateTimeException _) {
          // Eight digits, and no day.
        }
      }
    }
    return null;
  }

  CandleFile result() {
    List<Bar> bars = rows.bars();
    if (bars.isEmpty() && damage.isEmpty()) {
      damage.add("no row of it is a candle");
    }
    BarInterval interval =
        BarInterval.of(
            bars.stream().mapToLong(bar -> bar.openTime().toEpochMilli()).sorted().toArray());
    if (labelledByEnd && interval != null) {
      bars = bars.stream().map(bar -> startingEarlier(bar, interval)).toList();
    }
    return new CandleFile(
        path,
        kind,
        List.copyOf(bars),
        List.copyOf(rows.unreadable()),
        rows.unreadableCount(),
        interval,
        List.copyOf(damage));
  }

  /** Venues write the end of a bar as its last millisecond. */
  private static Bar startingEarlier(Bar bar, BarInterval interval) {
    long end = bar.openTime().toEpochMilli();
    long after = end % 1000 == 999 ? end + 1 : end;
    return new Bar(
        Instant.ofEpochMilli(after).minus(interval.length()),
        bar.open(),
        bar.high(),
        bar.low(),
        bar.close(),
        bar.volume(),
        bar.vwap(),
        bar.trades());
  }

  private static String name(Path path) {
    return String.valueOf(path.getFileName());
  }

  private static int firstOf(byte[] head) {
    for (byte b : head) {
      // Passes over blanks and a byte order mark.
      if (b > ' ') {
        return b;
      }
    }
    return -1;
  }

  private static boolean startsWith(byte[] bytes, int first, int second) {
    return bytes.length >= 2 && (bytes[0] & 0xff) == first && (bytes[1] & 0xff) == second;
  }

  private static byte[] peek(InputStream input, int bytes) throws IOException {
    input.mark(bytes);
    byte[] head = input.readNBytes(bytes);
    input.reset();
    return head;
  }
}
