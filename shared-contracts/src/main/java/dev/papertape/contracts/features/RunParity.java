package dev.papertape.contracts.features;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Compare online values with a backtest now; handled where the engine runs. The reply is a {@link
 * Ran}.
 *
 * @param actor who asks, for the audit
 * @param idempotencyKey claimed together with the result; null without one
 * @param bodyHash of the request that came with the key, null without one
 */
public record RunParity(String actor, @Nullable String idempotencyKey, @Nullable String bodyHash) {
  /** What was found, and where it stands in the log. */
  public record Ran(FeatureEvent.ParityChecked result, long position, Instant recordedAt) {}
}
