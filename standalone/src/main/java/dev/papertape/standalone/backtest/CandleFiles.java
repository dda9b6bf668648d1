package dev.papertape.standalone.backtest;

import dev.papertape.command.market.candlefeed.CandleTape;
import dev.papertape.command.market.candlefile.BarInterval;
import dev.papertape.command.market.candlefile.CandleFile;
import dev.papertape.contracts.market.Bar;
import dev.papertape.contracts.market.CandleInterval;
import dev.papertape.contracts.market.Symbol;
import dev.papertape.contracts.market.Venue;
import dev.papertape.standalone.CouldNotRun;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.function.LongConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Candle files as tapes: bars in order of time, of each time the first that its file tells. */
final class CandleFiles {
  /** Quote assets that end a name without a separator; longer ones first. */
  private static final List<String> QUOTES =
      List.of("USDT", "USDC", "BUSD", "TUSD", "USD", "EUR", "GBP", "BTC", "ETH");

  private static final Pattern NAME =
      Pattern.compile("([A-Z0-9]{2,10}?)[-_/]?(" + String.join("|", QUOTES) + ")");

  /** Words of file names that look like pairs of assets and are none. */
  private static final List<String> VENUES =
      List.of("BINANCEUS", "BINANCE", "COINBASE", "KRAKEN", "BITSTAMP", "BITFINEX", "BYBIT", "FTX");

  private CandleFiles() {}

  /**
   * Reads a file.
   *
   * @param symbol its instrument; null has it told by the file's name
   * @throws CouldNotRun with one sentence when it holds no bars that can be fed
   */
  static CandleTape read(Path file, @Nullable Symbol symbol, LongConsumer progress) {
    CandleFile candles;
    try {
      candles = CandleFile.read(file, progress);
    } catch (IOException unreadable) {
      throw new CouldNotRun(
          "The file %s cannot be read: %s.".formatted(file, unreadable.getMessage()), unreadable);
    }
    BarInterval interval = candles.interval();
    if (interval == null || candles.bars().size() < 2) {
      throw new CouldNotRun("The file %s holds no candles.".formatted(file));
    }
    TreeMap<Instant, Bar> byTime = new TreeMap<>();
    candles.bars().forEach(bar -> byTime.putIfAbsent(bar.openTime(), bar));
    List<Bar> bars = new ArrayList<>(byTime.values());
    bars.sort(Comparator.comparing(Bar::openTime));
    return new CandleTape(
        venue(file), symbol == null ? symbolOf(file) : symbol, interval(file, interval), bars);
  }

  private static CandleInterval interval(Path file, BarInterval interval) {
    return Arrays.stream(CandleInterval.values())
        .filter(each -> each.length().equals(interval.length()))
        .findFirst()
        .orElseThrow(
            () ->
                new CouldNotRun(
                    "The bars of %s are %s long; a backtest takes %s."
                        .formatted(
                            file,
                            interval.length(),
                            Arrays.stream(CandleInterval.values())
                                .map(CandleInterval::text)
                                .collect(Collectors.joining(", ")))));
  }

  private static Venue venue(Path file) {
    String name = upper(file);
    return new Venue(VENUES.stream().filter(name::contains).findFirst().orElse("CANDLES"));
  }

  /** The longest part of the name that is two assets. */
  static Symbol symbolOf(Path file) {
    String best = null;
    for (String word : upper(file).split("[^A-Z0-9/-]+")) {
      Matcher pair = NAME.matcher(word);
      if (!VENUES.contains(word) && pair.matches()) {
        best = pair.group(1) + "-" + pair.group(2);
        break;
      }
    }
    if (best == null) {
      throw new CouldNotRun(
          "The name of %s tells no symbol: name it with --symbol BTC-USDT.".formatted(file));
    }
    return new Symbol(best);
  }

  private static String upper(Path file) {
    return String.valueOf(file.getFileName()).toUpperCase(Locale.ROOT);
  }
}
