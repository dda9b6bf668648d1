package dev.papertape.command.alpha;

import dev.papertape.contracts.alpha.AlphaEvent.SignalReceived;
import dev.papertape.contracts.market.Symbol;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The newest signal from outside of each alpha and symbol; it holds for its horizon of feed time.
 * Owned by the engine's thread.
 */
final class ReceivedSignals {
  private record Key(String alphaId, Symbol symbol) {}

  private final Map<Key, SignalReceived> newest = new HashMap<>();

  void take(SignalReceived signal) {
    newest.put(new Key(signal.alphaId(), signal.symbol()), signal);
  }

  /** Time of the newest signal, null before the first. */
  @Nullable Instant newestAt(String alphaId, Symbol symbol) {
    SignalReceived signal = newest.get(new Key(alphaId, symbol));
    return signal == null ? null : signal.at();
  }

  /** The signal that holds now, null when there is none or its horizon is over. */
  @Nullable SignalReceived holding(String alphaId, Symbol symbol, Instant feedTime) {
    SignalReceived signal = newest.get(new Key(alphaId, symbol));
    return signal != null && feedTime.isBefore(signal.at().plusMillis(signal.horizonMs()))
        ? signal
        : null;
  }
}
