package dev.papertape.command.chaos.fault;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.List;

/** {@code {e:"depthUpdate", s, b:[["price","quantity"]], a}}, alone or in a combined stream. */
final class BinanceDepth implements DepthMessage {
  private final ObjectNode update;

  private BinanceDepth(ObjectNode update) {
    this.update = update;
  }

  static List<DepthMessage> all(ObjectNode message) {
    JsonNode update = message.path("data").isObject() ? message.path("data") : message;
    boolean matches =
        update instanceof ObjectNode && update.path("e").asText().equals("depthUpdate");
    return matches ? List.of(new BinanceDepth((ObjectNode) update)) : List.of();
  }

  @Override
  public String symbol() {
    return DepthWire.bare(update.path("s"));
  }

  @Override
  public boolean isSnapshot() {
    return false;
  }

  @Override
  public void edit(Edit edit) {
    edit("b", true, edit);
    edit("a", false, edit);
  }

  private void edit(String side, boolean bid, Edit edit) {
    for (JsonNode level : update.path(side)) {
      if (level instanceof ArrayNode pair && pair.size() >= 2) {
        BigDecimal quantity =
            edit.quantity(
                bid, new BigDecimal(pair.get(0).asText()), new BigDecimal(pair.get(1).asText()));
        pair.set(1, quantity.toPlainString());
      }
    }
  }

  /** In its place: the wire's sides come in order of price, and a guard minds. */
  @Override
  public void append(boolean bid, BigDecimal price, BigDecimal quantity) {
    ArrayNode side = update.withArray(bid ? "b" : "a");
    int at = 0;
    int order = bid ? -1 : 1;
    while (at < side.size()
        && new BigDecimal(side.get(at).path(0).asText()).compareTo(price) * order < 0) {
      at++;
    }
    side.insertArray(at).add(price.toPlainString()).add(quantity.toPlainString());
  }
}
