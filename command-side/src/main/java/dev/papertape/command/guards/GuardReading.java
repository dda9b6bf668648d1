package dev.papertape.command.guards;

import dev.papertape.contracts.guards.GuardName;
import java.math.BigDecimal;
import java.util.SortedMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What one guard with a lasting state sees now.
 *
 * @param scope {@code ACCOUNT}, {@code SYMBOL:<symbol>} or {@code VENUE:<venue>}
 * @param value in the guard's unit, null while there is nothing to measure
 * @param stand against its limit
 * @param story told only when the state changes
 */
record GuardReading(
    GuardName guard,
    String scope,
    @Nullable BigDecimal value,
    BigDecimal limit,
    Stand stand,
    Supplier<Story> story) {

  /** Between the two it stays as it is, so that a value at its limit does not flutter. */
  enum Stand {
    BEYOND,
    BETWEEN,
    WITHIN
  }

  /**
   * In words.
   *
   * @param reason one sentence with the value and the limit
   * @param clearsWhen one sentence
   * @param inputs every value that was looked at, as plain text
   */
  record Story(String reason, String clearsWhen, SortedMap<String, String> inputs) {}

  BigDecimal valueOrZero() {
    return value == null ? BigDecimal.ZERO : value;
  }
}
