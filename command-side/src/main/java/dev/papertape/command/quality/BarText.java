package dev.papertape.command.quality;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.papertape.contracts.market.Bar;
import dev.papertape.contracts.market.Candle;
import dev.papertape.contracts.market.CandleInterval;
import dev.papertape.contracts.market.Symbol;
import dev.papertape.contracts.quality.Channel;
import dev.papertape.contracts.quality.NamedRecord;
import dev.papertape.contracts.quality.QualityEvent.RecordQuarantined;
import dev.papertape.contracts.quality.RawEncoding;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A bar as quarantine keeps it: canonical JSON, its decimals in their own digits. */
final class BarText {
  /** Every value is text, so nothing is lost of its digits. */
  private static final ObjectMapper JSON = new ObjectMapper();

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

  /** The bar that was put aside; empty if it was anything else, or was not kept whole. */
  static Optional<Candle> barOf(RecordQuarantined record) {
    return record.channel() == Channel.OHLCV
            && record.encoding() == RawEncoding.DECODED
            && record.symbol() != null
            && record.hasWholeRecord()
        ? Optional.of(candle(record, record.symbol(), record.raw()))
        : Optional.empty();
  }

  /** Every bar that shares the event, as far as each was kept. */
  static List<Candle> barsOf(RecordQuarantined record) {
    List<Candle> bars = new ArrayList<>();
    barOf(record)
        .ifPresent(
            first -> {
              bars.add(first);
              for (NamedRecord further : record.further()) {
                if (further.raw() != null) {
                  bars.add(candle(record, first.symbol(), further.raw()));
                }
              }
            });
    return bars;
  }

  private static Candle candle(RecordQuarantined record, Symbol symbol, String raw) {
    return new Candle(record.venue(), symbol, CandleInterval.ONE_MINUTE, read(raw));
  }

  private static Bar read(String raw) {
    try {
      return read(JSON.readTree(raw));
    } catch (JsonProcessingException garbled) {
      throw new IllegalArgumentException("no bar: " + raw, garbled);
    }
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
