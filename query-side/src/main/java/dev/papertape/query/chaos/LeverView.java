package dev.papertape.query.chaos;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The safety lever as it stands.
 *
 * @param reason of the last change, null before any
 * @param since clock time of it
 */
record LeverView(
    boolean pulled, @Nullable String reason, @Nullable Instant since, List<String> allowedActions) {
  static final LeverView NEVER_PULLED = of(false, null, null);

  static LeverView of(boolean pulled, @Nullable String reason, @Nullable Instant since) {
    return new LeverView(pulled, reason, since, List.of(pulled ? "RELEASE_LEVER" : "PULL_LEVER"));
  }
}
