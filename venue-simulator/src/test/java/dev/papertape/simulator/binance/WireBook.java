package dev.papertape.simulator.binance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.NavigableMap;
import java.util.TreeMap;

/** A client's book, built from wire text alone by the documented sync rule. */
public final class WireBook {

  private static final JsonMapper JSON = new JsonMapper();

  private final NavigableMap<BigDecimal, BigDecimal> bids =
      new TreeMap<>(Comparator.reverseOrder());
  private final NavigableMap<BigDecimal, BigDecimal> asks = new TreeMap<>();
  private long id;

  public static WireBook ofSnapshot(String json) {
    JsonNode snapshot = parse(json);
    var book = new WireBook();
    book.id = snapshot.get("lastUpdateId").asLong();
    apply(book.bids, snapshot.get("bids"));
    apply(book.asks, snapshot.get("asks"));
    return book;
  }

  /** Applies a diff; false when it is older than the book. */
  public boolean apply(String json) {
    JsonNode diff = parse(json);
    if (diff.get("u").asLong() <= id) {
      return false;
    }
    if (diff.get("U").asLong() > id + 1) {
      throw new AssertionError("gap: book at " + id + ", diff starts at " + diff.get("U"));
    }
    apply(bids, diff.get("b"));
    apply(asks, diff.get("a"));
    id = diff.get("u").asLong();
    return true;
  }

  public long id() {
    return id;
  }

  public NavigableMap<BigDecimal, BigDecimal> bids() {
    return bids;
  }

  public NavigableMap<BigDecimal, BigDecimal> asks() {
    return asks;
  }

  public boolean isCrossedOrLocked() {
    return !bids.isEmpty() && !asks.isEmpty() && bids.firstKey().compareTo(asks.firstKey()) >= 0;
  }

  private static void apply(NavigableMap<BigDecimal, BigDecimal> side, JsonNode levels) {
    for (JsonNode level : levels) {
      var price = new BigDecimal(level.get(0).asText());
      var quantity = new BigDecimal(level.get(1).asText());
      if (quantity.signum() == 0) {
        side.remove(price);
      } else {
        side.put(price, quantity);
      }
    }
  }

  private static JsonNode parse(String json) {
    try {
      return JSON.readTree(json);
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof WireBook that
        && id == that.id
        && bids.equals(that.bids)
        && asks.equals(that.asks);
  }

  @Override
  public int hashCode() {
    return Long.hashCode(id);
  }

  @Override
  public String toString() {
    return "book " + id + " " + bids + " " + asks;
  }
}
