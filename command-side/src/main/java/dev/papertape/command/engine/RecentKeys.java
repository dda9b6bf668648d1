package dev.papertape.command.engine;

import dev.papertape.eventstore.append.AppendFailure;
import dev.papertape.eventstore.append.IdempotencyClaim;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What came of the commands of this life, by the idempotency key that they came with; the oldest
 * are forgotten. A retry may come before the first try is durable, and a second claim of its key
 * would end the engine's life.
 */
final class RecentKeys<T> {
  private static final int REMEMBERED = 4_096;

  private record Kept<T>(String bodyHash, T outcome) {}

  private final Map<String, Kept<T>> kept =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Kept<T>> eldest) {
          return size() > REMEMBERED;
        }
      };

  /**
   * What came of the first command under this key; null if there was none, or no claim.
   *
   * @throws AppendFailure.KeyClaimed if that one had another body
   */
  @Nullable T find(@Nullable IdempotencyClaim claim) {
    if (claim == null) {
      return null;
    }
    Kept<T> first = kept.get(claim.key());
    if (first == null) {
      return null;
    }
    if (!first.bodyHash.equals(claim.bodyHash())) {
      throw new AppendFailure.KeyClaimed(claim.key());
    }
    return first.outcome;
  }

  /** Remembers the outcome, if the command came with a key. */
  void keep(@Nullable IdempotencyClaim claim, T outcome) {
    if (claim != null) {
      kept.put(claim.key(), new Kept<>(claim.bodyHash(), outcome));
    }
  }
}
