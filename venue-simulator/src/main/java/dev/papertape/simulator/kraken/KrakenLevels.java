package dev.papertape.simulator.kraken;

import dev.papertape.simulator.market.Level;
import dev.papertape.simulator.market.Side;
import dev.papertape.simulator.wire.Decimals;
import dev.papertape.simulator.wire.DepthView;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.CRC32;

/** Levels of one instrument as Kraken writes them and as it sums them up. */
final class KrakenLevels {
  private static final int SUMMED = 10;

  private final Decimals price;
  private final Decimals quantity;

  KrakenLevels(Decimals price, Decimals quantity) {
    this.price = price;
    this.quantity = quantity;
  }

  void append(StringBuilder out, List<Level> levels) {
    out.append('[');
    String separator = "";
    for (Level level : levels) {
      price.append(out.append(separator).append("{\"price\":"), level.ticks());
      quantity.append(out.append(",\"qty\":"), level.lots()).append('}');
      separator = ",";
    }
    out.append(']');
  }

  /** Of the ten best asks, then the ten best bids: digits of price and quantity in a row. */
  long checksum(DepthView view) {
    var text = new StringBuilder(400);
    digits(text, view.levels(Side.ASK));
    digits(text, view.levels(Side.BID));
    var crc = new CRC32();
    crc.update(text.toString().getBytes(StandardCharsets.US_ASCII));
    return crc.getValue();
  }

  private void digits(StringBuilder out, List<Level> levels) {
    for (Level level : levels.subList(0, Math.min(SUMMED, levels.size()))) {
      out.append(price.digits(level.ticks())).append(quantity.digits(level.lots()));
    }
  }
}
