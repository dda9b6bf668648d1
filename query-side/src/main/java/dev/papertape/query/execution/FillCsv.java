package dev.papertape.query.execution;

import dev.papertape.contracts.execution.OrderFillView;
import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Fills as RFC 4180 text: a header, CRLF, empty for what is unknown. */
final class FillCsv {
  private static final String HEADER =
      "position,at,fillId,orderId,decisionId,alphaId,leg,venue,symbol,side,quantity,price,fee,"
          + "feeBps,liquidity,mid,decisionMid,slippageBps,latencyMs,realizedPnl";

  private FillCsv() {}

  static String of(List<FillRow> fills) {
    return Stream.concat(Stream.of(HEADER), fills.stream().map(FillCsv::line))
        .collect(Collectors.joining("\r\n", "", "\r\n"));
  }

  private static String line(FillRow row) {
    OrderFillView fill = row.fill();
    return Stream.of(
            row.position(),
            fill.at(),
            fill.fillId(),
            fill.orderId(),
            fill.decisionId(),
            fill.alphaId(),
            fill.leg(),
            fill.venue(),
            fill.symbol(),
            fill.side(),
            fill.quantity(),
            fill.price(),
            fill.fee(),
            fill.feeBps(),
            fill.liquidity(),
            optional(fill.mid()),
            optional(fill.decisionMid()),
            optional(fill.slippageBps()),
            fill.latencyMs(),
            fill.realizedPnl())
        .map(FillCsv::cell)
        .collect(Collectors.joining(","));
  }

  private static Object optional(@Nullable Object value) {
    return value == null ? "" : value;
  }

  private static String cell(Object value) {
    String text = value instanceof BigDecimal number ? number.toPlainString() : value.toString();
    boolean plain = text.chars().noneMatch(c -> c == ',' || c == '"' || c == '\r' || c == '\n');
    return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
  }
}
