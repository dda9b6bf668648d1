package dev.papertape.simulator.server;

import dev.papertape.simulator.coinbase.CoinbaseFrames;
import dev.papertape.simulator.coinbase.CoinbaseRequest;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Coinbase Advanced Trade: every frame but errors has the connection's next number. */
final class CoinbaseDialect implements Dialect {
  private static final long SECONDS_TO_SUBSCRIBE = 5;

  private final LongSupplier millis;
  private boolean asked;
  private long sequence;

  /**
   * @param millis the exchange's clock
   */
  CoinbaseDialect(LongSupplier millis) {
    this.millis = millis;
  }

  @Override
  public void request(String text, Line line) {
    switch (CoinbaseRequest.parse(text)) {
      case CoinbaseRequest.Subscribe(List<String> streams) -> {
        for (String stream : streams) {
          if (!line.isKnown(stream)) {
            line.say(CoinbaseFrames.error("invalid product_id in " + stream));
            return;
          }
        }
        asked = true;
        line.subscribe(streams);
        confirm(line);
      }
      case CoinbaseRequest.Unsubscribe(List<String> streams) -> {
        line.unsubscribe(streams);
        confirm(line);
      }
      case CoinbaseRequest.Refused(String message) -> line.say(CoinbaseFrames.error(message));
    }
  }

  private void confirm(Line line) {
    String timestamp = Instant.ofEpochMilli(millis.getAsLong()).toString();
    String frame = CoinbaseFrames.subscriptions(timestamp, line.subscribed());
    line.say(CoinbaseFrames.numbered(frame, sequence++));
  }

  @Override
  public byte[] encode(OutboundMessage message) {
    return CoinbaseFrames.numbered(message.json(), sequence++).getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public void lost(OutboundMessage message) {
    sequence++;
  }

  @Override
  public @Nullable String mustEnd(long secondsOpen) {
    return !asked && secondsOpen >= SECONDS_TO_SUBSCRIBE ? "no subscription in 5 s" : null;
  }
}
