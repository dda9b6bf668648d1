package dev.papertape.command.quality;

import dev.papertape.command.market.Integrity;
import dev.papertape.command.market.PriceLevels;
import dev.papertape.command.market.VenueInput.DepthDiff;
import dev.papertape.command.market.VenueInput.DepthSnapshot;
import dev.papertape.command.market.VenueInput.TradePrint;
import dev.papertape.command.market.WireDecimal;
import dev.papertape.contracts.market.Symbol;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Writes decoded records as canonical JSON with the wire's own digits. A frame may hold many
 * records and is gone by the time one of them is judged, and copying every frame for the few that
 * are put aside would cost more than decoding them (docs/decisions/0009-quarantine.md).
 */
public final class RecordTexts {
  private RecordTexts() {}

  public static RawText of(DepthDiff diff) {
    return RawText.of(json(diff));
  }

  /** As contract {@code l2-update} has it. */
  public static String json(DepthDiff diff) {
    return book(
        "L2", diff.symbol(), diff.exchangeTime(), diff.integrity(), diff.bids(), diff.asks());
  }

  /** The same of a whole book. */
  public static String json(DepthSnapshot whole) {
    return book(
        "L2_SNAPSHOT",
        whole.symbol(),
        whole.exchangeTime(),
        whole.integrity(),
        whole.bids(),
        whole.asks());
  }

  private static String book(
      String record,
      Symbol symbol,
      @Nullable Instant exchangeTime,
      Integrity integrity,
      PriceLevels bids,
      PriceLevels asks) {
    StringBuilder json = new StringBuilder(64 + 32 * (bids.size() + asks.size()));
    json.append("{\"asks\":");
    levels(json, asks);
    json.append(",\"bids\":");
    levels(json, bids);
    json.append(",\"exchangeTime\":");
    json.append(exchangeTime == null ? "null" : "\"" + exchangeTime + "\"");
    integrity(json.append(",\"integrity\":"), integrity);
    json.append(",\"record\":\"").append(record);
    return json.append("\",\"symbol\":\"").append(symbol).append("\"}").toString();
  }

  public static RawText of(TradePrint trade) {
    return RawText.of(
        "{\"aggregated\":%s,\"aggressor\":\"%s\",\"exchangeTime\":\"%s\",\"price\":\"%s\",\"quantity\":\"%s\",\"record\":\"TRADE\",\"symbol\":\"%s\",\"tradeId\":%s}"
            .formatted(
                trade.aggregated(),
                trade.aggressor(),
                trade.exchangeTime(),
                trade.price(),
                trade.quantity(),
                trade.symbol(),
                trade.tradeId() == TradePrint.NO_ID ? null : quoted(trade.tradeId())));
  }

  private static void levels(StringBuilder json, PriceLevels side) {
    json.append('[');
    for (int i = 0; i < side.size(); i++) {
      json.append(i == 0 ? "[\"" : ",[\"")
          .append(
              new WireDecimal(
                  side.priceMantissa(i), side.priceDecimals(i), side.priceWireDecimals(i)))
          .append("\",\"")
          .append(
              new WireDecimal(
                  side.quantityMantissa(i), side.quantityDecimals(i), side.quantityWireDecimals(i)))
          .append("\"]");
    }
    json.append(']');
  }

  private static void integrity(StringBuilder json, Integrity integrity) {
    switch (integrity) {
      case Integrity.UpdateIds ids -> {
        json.append("{\"first\":").append(quoted(ids.first()));
        json.append(",\"last\":").append(quoted(ids.last()));
        if (ids.previous() != Integrity.UpdateIds.NO_PREVIOUS) {
          json.append(",\"previous\":").append(quoted(ids.previous()));
        }
        json.append('}');
      }
      case Integrity.Checksum checksum -> {
        @Nullable Long crc32 = checksum.crc32();
        json.append("{\"crc32\":").append(crc32 == null ? "null" : quoted(crc32)).append('}');
      }
      case Integrity.InConnection _, Integrity.Nothing _ -> json.append("null");
    }
  }

  /** Ids may be larger than the whole numbers that a JSON number holds exactly. */
  private static String quoted(long id) {
    return "\"" + id + "\"";
  }
}
