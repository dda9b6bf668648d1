package dev.papertape.command.market.connector;

import com.fasterxml.jackson.databind.JsonNode;
import dev.papertape.command.market.contract.WireContracts;
import dev.papertape.contracts.market.Bar;
import dev.papertape.contracts.market.CandleInterval;
import dev.papertape.eventstore.contract.Breach;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Reads a reply's rows into bars, oldest first. A row that does not parse is named and left out;
 * whether a bar makes sense is for its judge to say.
 */
final class CandleRows {
  private static final int TEXT_NAMED = 120;

  /** The bar of a row that keeps its contract. */
  @FunctionalInterface
  interface Reading {
    Bar bar(JsonNode row);
  }

  private final List<Bar> bars = new ArrayList<>();
  private final List<String> malformed = new ArrayList<>();

  /**
   * @param contract of each row
   * @throws IOException if {@code rows} is no array
   */
  static CandleRows read(JsonNode rows, String contract, Reading reading) throws IOException {
    if (!rows.isArray()) {
      throw new IOException("the reply has no rows of candles");
    }
    CandleRows read = new CandleRows();
    for (JsonNode row : rows) {
      List<Breach> breaches = WireContracts.SHIPPED.breaches(contract, row);
      if (breaches.isEmpty()) {
        read.bars.add(reading.bar(row));
      } else {
        String text = row.toString();
        read.malformed.add(
            WireContracts.sentence(breaches)
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
    return new BigDecimal(value.textValue());
  }

  static Instant after(Bar bar) {
    return bar.openTime().plus(CandleInterval.ONE_MINUTE.length());
  }
}
