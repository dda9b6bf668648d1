package dev.papertape.command.market.candlefile;

import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/** Finds columns by the names that exporters give them; -1 for what is not there. */
final class ColumnNames {
  private static final int NONE = -1;

  /** The likeliest first, where a header has several. */
  private static final List<String> STARTS =
      List.of(
          "opentime",
          "opentimems",
          "openingtime",
          "starttime",
          "starttimestamp",
          "start",
          "begintime",
          "begin",
          "unix",
          "unixtimestamp",
          "timestampms",
          "timestamp",
          "epoch",
          "ts",
          "datetime",
          "dateutc",
          "date",
          "time",
          "t");

  private static final List<String> ENDS = List.of("endtime", "closetime", "closingtime", "end");
  private static final List<String> TRADES =
      List.of("trades", "count", "tradecount", "tradescount", "numberoftrades", "numtrades");
  private static final List<String> VWAPS =
      List.of("vwap", "weightedaverage", "volumeweightedaverage");
  private static final List<String> QUOTE_ASSETS = List.of("usd", "usdt", "usdc", "eur");

  /** In lower case, letters and digits only. */
  private final List<String> names;

  ColumnNames(List<String> names) {
    this.names =
        names.stream()
            .map(name -> name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", ""))
            .toList();
  }

  /**
   * @param name open, high, low or close
   */
  int price(String name) {
    return firstOf(List.of(name, name + "price", "price" + name, name.substring(0, 1)));
  }

  int start() {
    return firstOf(STARTS);
  }

  int end() {
    return firstOf(ENDS);
  }

  /** The column that completes a date, as MetaTrader writes. */
  int timeOfDay(int time) {
    return names.get(time).equals("date") ? names.indexOf("time") : NONE;
  }

  int trades() {
    return firstOf(TRADES);
  }

  int vwap() {
    return firstOf(VWAPS);
  }

  /**
   * The base asset's volume. Where names do not tell it is the first volume: exporters write base
   * before quote.
   */
  int volume() {
    int base = first(name -> isVolume(name) && (name.contains("base") || name.contains("from")));
    int likely = base >= 0 ? base : first(name -> isVolume(name) && !isQuoteVolume(name));
    int any = likely >= 0 ? likely : first(ColumnNames::isVolume);
    return any >= 0 ? any : names.indexOf("v");
  }

  private static boolean isVolume(String name) {
    return (name.startsWith("vol") || name.endsWith("volume")) && !name.contains("taker");
  }

  private static boolean isQuoteVolume(String name) {
    return name.contains("quote")
        || name.endsWith("to")
        || QUOTE_ASSETS.stream().anyMatch(name::endsWith);
  }

  private int firstOf(List<String> known) {
    return known.stream().mapToInt(names::indexOf).filter(at -> at >= 0).findFirst().orElse(NONE);
  }

  private int first(Predicate<String> known) {
    return IntStream.range(0, names.size())
        .filter(i -> known.test(names.get(i)))
        .findFirst()
        .orElse(NONE);
  }
}
