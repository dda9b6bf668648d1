package dev.papertape.command.chaos.fault;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.zip.CRC32;

/** One of Kraken's books as the client has it: of everything that was forwarded, and only that. */
final class KrakenCopy {
  private static final int SUMMED_LEVELS = 10;

  private final NavigableMap<BigDecimal, Level> bids = new TreeMap<>(Comparator.reverseOrder());
  private final NavigableMap<BigDecimal, Level> asks = new TreeMap<>();
  private final int depth;

  private record Level(String price, String quantity) {}

  /**
   * @param depth levels a side that the client subscribed to
   */
  KrakenCopy(int depth) {
    this.depth = depth;
  }

  private KrakenCopy(KrakenCopy of) {
    this.depth = of.depth;
    bids.putAll(of.bids);
    asks.putAll(of.asks);
  }

  /** Whether the message's checksum would fit this book after it. */
  boolean stillFits(KrakenDepth message) {
    KrakenCopy after = new KrakenCopy(this);
    after.apply(message);
    return after.checksum() == message.checksum();
  }

  /**
   * Adds to the message what this book lacks to be the true one after it.
   *
   * @return whether anything was lacking
   */
  boolean healIn(KrakenDepth message, TrueLevels truth) {
    KrakenCopy after = new KrakenCopy(this);
    after.apply(message);
    NavigableMap<BigDecimal, Level> trueBids = new TreeMap<>();
    NavigableMap<BigDecimal, Level> trueAsks = new TreeMap<>();
    List<Lack> lacks = new ArrayList<>();
    truth.best(
        depth,
        (bid, price, quantity) -> {
          BigDecimal key = price.stripTrailingZeros();
          Level level = new Level(digits(price), digits(quantity));
          (bid ? trueBids : trueAsks).put(key, level);
          if (!level.equals((bid ? after.bids : after.asks).get(key))) {
            lacks.add(new Lack(bid, price, quantity));
          }
        });
    // What the venue has no more goes first: added levels would push true ones over the depth.
    after.bids.keySet().stream()
        .filter(price -> !trueBids.containsKey(price))
        .forEach(price -> message.append(true, price, BigDecimal.ZERO));
    after.asks.keySet().stream()
        .filter(price -> !trueAsks.containsKey(price))
        .forEach(price -> message.append(false, price, BigDecimal.ZERO));
    lacks.forEach(lack -> message.append(lack.bid, lack.price, lack.quantity));
    return !lacks.isEmpty()
        || after.bids.size() != trueBids.size()
        || after.asks.size() != trueAsks.size();
  }

  private record Lack(boolean bid, BigDecimal price, BigDecimal quantity) {}

  void apply(KrakenDepth message) {
    if (message.isSnapshot()) {
      bids.clear();
      asks.clear();
    }
    apply(bids, message.side(true));
    apply(asks, message.side(false));
  }

  private void apply(NavigableMap<BigDecimal, Level> side, JsonNode levels) {
    for (JsonNode each : levels) {
      BigDecimal price = each.path("price").decimalValue();
      BigDecimal quantity = each.path("qty").decimalValue();
      BigDecimal key = price.stripTrailingZeros();
      if (quantity.signum() == 0) {
        side.remove(key);
      } else {
        side.put(key, new Level(digits(price), digits(quantity)));
      }
    }
    while (side.size() > depth) {
      side.pollLastEntry();
    }
  }

  /** CRC32 of the ten best asks, then bids; unsigned. */
  long checksum() {
    StringBuilder text = new StringBuilder();
    append(text, asks);
    append(text, bids);
    CRC32 crc = new CRC32();
    crc.update(text.toString().getBytes(StandardCharsets.US_ASCII));
    return crc.getValue();
  }

  private static void append(StringBuilder text, NavigableMap<BigDecimal, Level> side) {
    side.values().stream()
        .limit(SUMMED_LEVELS)
        .forEach(level -> text.append(level.price).append(level.quantity));
  }

  /** Without the point and leading zeros, as Kraken has it. */
  private static String digits(BigDecimal number) {
    String plain = number.toPlainString().replace(".", "");
    int first = 0;
    while (first < plain.length() - 1 && plain.charAt(first) == '0') {
      first++;
    }
    return plain.substring(first);
  }
}
