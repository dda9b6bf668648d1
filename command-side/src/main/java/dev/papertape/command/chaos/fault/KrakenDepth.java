package dev.papertape.command.chaos.fault;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** {@code {channel:"book", type, data:[{symbol, bids:[{price, qty}], asks, checksum}]}}. */
final class KrakenDepth implements DepthMessage {
  private final ObjectNode book;
  private final boolean snapshot;

  private KrakenDepth(ObjectNode book, boolean snapshot) {
    this.book = book;
    this.snapshot = snapshot;
  }

  static List<KrakenDepth> all(ObjectNode message) {
    if (!message.path("channel").asText().equals("book")) {
      return List.of();
    }
    boolean snapshot = message.path("type").asText().equals("snapshot");
    List<KrakenDepth> found = new ArrayList<>();
    for (JsonNode book : message.path("data")) {
      if (book instanceof ObjectNode each) {
        found.add(new KrakenDepth(each, snapshot));
      }
    }
    return found;
  }

  @Override
  public String symbol() {
    return DepthWire.bare(book.path("symbol"));
  }

  long checksum() {
    return book.path("checksum").asLong();
  }

  void checksum(long computed) {
    book.put("checksum", computed);
  }

  JsonNode side(boolean bid) {
    return book.path(bid ? "bids" : "asks");
  }

  @Override
  public boolean isSnapshot() {
    return snapshot;
  }

  @Override
  public void edit(Edit edit) {
    edit(true, edit);
    edit(false, edit);
  }

  private void edit(boolean bid, Edit edit) {
    for (JsonNode each : side(bid)) {
      if (each instanceof ObjectNode level) {
        BigDecimal before = level.path("qty").decimalValue();
        BigDecimal after = edit.quantity(bid, level.path("price").decimalValue(), before);
        level.put("qty", after);
      }
    }
  }

  /** Whoever adds what the venue does not have computes another checksum. */
  @Override
  public void append(boolean bid, BigDecimal price, BigDecimal quantity) {
    ObjectNode level = book.withArray(bid ? "bids" : "asks").addObject();
    level.put("price", price);
    level.put("qty", quantity);
  }
}
