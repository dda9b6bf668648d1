package dev.papertape.query.audit;

import static dev.papertape.query.audit.EventSummary.decimals;
import static dev.papertape.query.audit.EventSummary.plain;

import dev.papertape.contracts.alpha.AlphaEvent;

/** What became of an alpha, or what alphas wished, in a sentence. */
final class AlphaSummary {
  private AlphaSummary() {}

  static String of(AlphaEvent event) {
    return switch (event) {
      case AlphaEvent.AlphaRegistered registered ->
          "Registered alpha %s (%s) in stage %s by %s"
              .formatted(
                  registered.alphaId(), registered.kind(), registered.stage(), registered.by());
      case AlphaEvent.AlphaChanged changed ->
          "Changed alpha %s: weight %s, %s"
              .formatted(changed.alphaId(), decimals(changed.weight()), changed.reason());
      case AlphaEvent.AlphaPaused paused ->
          "Paused alpha %s: %s".formatted(paused.alphaId(), paused.reason());
      case AlphaEvent.AlphaResumed resumed ->
          "Resumed alpha %s: %s".formatted(resumed.alphaId(), resumed.reason());
      case AlphaEvent.AlphaBenched benched ->
          "Benched alpha %s (%s): %s"
              .formatted(benched.alphaId(), benched.reason(), benched.detail());
      case AlphaEvent.SignalReceived signal ->
          "Signal %s of %s for %s"
              .formatted(decimals(signal.value()), signal.alphaId(), signal.symbol());
      case AlphaEvent.SignalsCombined combined ->
          "Combined %d signals for %s to %s, target %s"
              .formatted(
                  combined.signals().size(),
                  combined.symbol(),
                  decimals(combined.combined()),
                  plain(combined.target()));
      case AlphaEvent.AlphaRecorded recorded ->
          "Record of alpha %s%s: P&L %s after %d closed trades"
              .formatted(
                  recorded.alphaId(),
                  recorded.shadow() ? " (shadow)" : "",
                  plain(recorded.pnl()),
                  recorded.trades());
    };
  }
}
