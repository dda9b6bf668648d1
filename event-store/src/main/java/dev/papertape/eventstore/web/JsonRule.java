package dev.papertape.eventstore.web;

import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Reads one JSON value and says everything that is wrong with it.
 *
 * @param <T> what the value becomes
 */
@FunctionalInterface
public interface JsonRule<T> {
  /**
   * The parser stands on the value's first token and is left on its last one.
   *
   * @return null when the value was refused; {@code violations} then says why
   */
  @Nullable T read(JsonParser parser, String pointer, Violations violations) throws IOException;

  /** A further check on a value that was read, for example a range. */
  default JsonRule<T> and(Check<T> check) {
    return (parser, pointer, violations) -> {
      T value = read(parser, pointer, violations);
      return value == null || check.accepts(value, pointer, violations) ? value : null;
    };
  }

  /** What a check sees: the value and where to complain. */
  @FunctionalInterface
  interface Check<T> {
    boolean accepts(T value, String pointer, Violations violations);
  }
}
