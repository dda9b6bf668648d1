package dev.papertape.command.market.candlefile;

import dev.papertape.contracts.market.Bar;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A file of candles, whatever its shape: plain, gzip or zip; CSV or JSON. Kind and interval are
 * found by the content; of Lean's intraday rows, which tell the time of day only, the day is in the
 * name of the zip's entry (or, failing that, of the file).
 *
 * @param bars in the file's order, {@code openTime} being the start of the bar whatever the file's
 *     label is
 * @param unreadable the first thousand rows that are no bars
 * @param interval null where no two bars differ in time
 * @param damage what is wrong with the file as a whole, each a sentence; empty if nothing
 */
public record CandleFile(
    Path path,
    Kind kind,
    List<Bar> bars,
    List<UnreadableRow> unreadable,
    long unreadableCount,
    @Nullable BarInterval interval,
    List<String> damage) {

  /** What a file is, by its content. */
  public enum Kind {
    CSV,
    /** Lean's trade bars. */
    LEAN_TRADE,
    /** Lean's quote bars: the bids are read as the bar, the bid size as its volume. */
    LEAN_QUOTE,
    JSON,
    UNKNOWN
  }

  /** Reads the file to its end, or to where it breaks; throws only if it cannot be read at all. */
  public static CandleFile read(Path path, LongConsumer progress) throws IOException {
    CandleFileReader reader = new CandleFileReader(path, new Rows(progress));
    reader.read();
    return reader.result();
  }
}
