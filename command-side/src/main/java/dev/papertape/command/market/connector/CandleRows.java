package dev.papertape.command.market.connector;

import com.fasterxml.jackson.databind.JsonNode;
import dev.papertape.contracts.market.Bar;
import dev.papertape.contracts.market.CandleInterval;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Reads a reply's rows into bars, oldest first. A row that does not parse is named and left out;
 * whether a bar makes sense is for its judge to say.
 */
final class CandleRows {
  /** No exponent: a few letters could mean a number that fills the memory. */
  private static final Pattern DECIMAL = Pattern.compile("-?[0-9]{1,30}(\\.[0-9]{1,30})?");

  private static final int TEXT_NAMED = 120;
  private static final long LATEST_SECOND = Instant.parse("9999-01-01T00:00:00Z").getEpochSecond();

  /** A row's bar; throws {@link IllegalArgumentException} saying what is wrong with it. */
  @FunctionalInterface
  interface Reading {
    Bar bar(JsonNode row);
  }

  private final List<Bar> bars = new ArrayList<>();
  private final List<String> malformed = new ArrayList<>();

  /**
   * @throws IOException if {@code rows} is no array
   */
  static CandleRows read(JsonNode rows, Reading reading) throws IOException {
    if (!rows.isArray()) {
      throw new IOException("the reply has no rows of candles");
    }
    CandleRows read = new CandleRows();
    for (JsonNode row : rows) {
      try {
        read.bars.add(reading.bar(row));
      } catch (IllegalArgumentException unreadable) {
        String text = row.toString();
        read.malformed.add(
            unreadable.getMessage()
                + " in "
                + text.substring(0, Math.min(TEXT_NAMED, text.length())));
      }
    }
    read.bars.sort(Comparator.comparing(Bar::openTime));
    return read;
  }

  List<Bar> bars() {
    return List.copyOf(bars);
  }

  /** Leaves out the newest one, which is not over yet; its open time, or {@code none}. */
  Instant dropNewest(Instant none) {
    return bars.isEmpty() ? none : bars.removeLast().openTime();
  }

  /** The page of what opens in {@code [from, to)}. */
  CandlePage page(Instant from, Instant to) {
    List<Bar> within =
        bars.stream()
            .filter(bar -> !bar.openTime().isBefore(from) && bar.openTime().isBefore(to))
            .toList();
    return new CandlePage(from, to, within, List.copyOf(malformed));
  }

  static BigDecimal decimal(JsonNode value) {
    String text = value.isTextual() ? value.textValue() : value.isNumber() ? value.asText() : "";
    if (!DECIMAL.matcher(text).matches()) {
      throw new IllegalArgumentException("no decimal");
    }
    return new BigDecimal(text);
  }

  static long count(JsonNode value) {
    if (!value.canConvertToLong() || !value.isIntegralNumber() || value.longValue() < 0) {
      throw new IllegalArgumentException("no count");
    }
    return value.longValue();
  }

  static Instant seconds(JsonNode value) {
    String text = value.asText();
    if (!text.matches("[0-9]{1,12}") || Long.parseLong(text) >= LATEST_SECOND) {
      throw new IllegalArgumentException("no time in seconds");
    }
    return Instant.ofEpochSecond(Long.parseLong(text));
  }

  static Instant millis(JsonNode value) {
    long millis = count(value);
    if (millis / 1000 >= LATEST_SECOND) {
      throw new IllegalArgumentException("no time in milliseconds");
    }
    return Instant.ofEpochMilli(millis);
  }

  static Instant after(Bar bar) {
    return bar.openTime().plus(CandleInterval.ONE_MINUTE.length());
  }
}
