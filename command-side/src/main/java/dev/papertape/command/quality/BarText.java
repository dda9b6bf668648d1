package dev.papertape.command.quality;

import com.fasterxml.jackson.databind.JsonNode;
import dev.papertape.contracts.market.Bar;
import dev.papertape.contracts.market.Symbol;
import java.math.BigDecimal;
import java.time.Instant;

/** A bar as quarantine keeps it: canonical JSON, its decimals in their own digits. */
final class BarText {
  private BarText() {}

  static RawText of(Bar bar, Symbol symbol) {
    return RawText.of(
        "{\"close\":\"%s\",\"high\":\"%s\",\"low\":\"%s\",\"open\":\"%s\",\"openTime\":\"%s\",\"record\":\"BAR\",\"symbol\":\"%s\",\"volume\":\"%s\"}"
            .formatted(
                bar.close().toPlainString(),
                bar.high().toPlainString(),
                bar.low().toPlainString(),
                bar.open().toPlainString(),
                bar.openTime(),
                symbol,
                bar.volume().toPlainString()));
  }

  static Bar read(JsonNode text) {
    return new Bar(
        Instant.parse(text.path("openTime").textValue()),
        decimal(text, "open"),
        decimal(text, "high"),
        decimal(text, "low"),
        decimal(text, "close"),
        decimal(text, "volume"),
        null,
        null);
  }

  private static BigDecimal decimal(JsonNode text, String field) {
    return new BigDecimal(text.path(field).textValue());
  }
}
