package dev.papertape.command.quality;

import dev.papertape.contracts.market.InstrumentRules;
import dev.papertape.contracts.market.Symbol;
import dev.papertape.contracts.quality.Channel;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Which stream a frame that does not parse was of, as far as its text tells.
 *
 * @param symbol null when no listed symbol stands in it
 * @param channel L2 when nothing tells: that is where a missing message does most harm
 * @param isTold whether its text says of which channel it was
 */
public record FrameSubject(@Nullable Symbol symbol, Channel channel, boolean isTold) {

  public static FrameSubject of(String text, List<InstrumentRules> listed) {
    String upper = text.toUpperCase(Locale.ROOT);
    Symbol symbol = null;
    for (InstrumentRules rules : listed) {
      if (symbol == null && upper.contains(rules.wireSymbol().toUpperCase(Locale.ROOT))) {
        symbol = rules.symbol();
      }
    }
    Channel told = channel(upper);
    return new FrameSubject(symbol, told == null ? Channel.L2 : told, told != null);
  }

  /** Whether it may have been one of the channel's messages. */
  public boolean mayBeOf(Channel other) {
    return !isTold || channel == other;
  }

  private static @Nullable Channel channel(String upper) {
    if (upper.contains("DEPTH") || upper.contains("L2_DATA") || upper.contains("\"BOOK\"")) {
      return Channel.L2;
    }
    if (upper.contains("KLINE") || upper.contains("OHLC") || upper.contains("CANDLE")) {
      return Channel.OHLCV;
    }
    return upper.contains("TRADE") ? Channel.TRADES : null;
  }
}
