package dev.papertape.eventstore.web;

import org.jspecify.annotations.Nullable;

/**
 * One thing that is wrong with a request.
 *
 * @param pointer JSON Pointer (RFC 6901) into the body, {@code ""} for the whole of it (or of a
 *     request that cannot be read that far); {@code /path} for the path, {@code /query/<name>} for
 *     a query parameter, {@code /header/<name>} for a header
 * @param code stable, {@code UPPER_SNAKE}
 * @param message one sentence for a person, with what would be right
 * @param rejected the value as it was sent (numbers as their text, long ones cut), null when absent
 */
public record Violation(String pointer, String code, String message, @Nullable String rejected) {
  private static final int LONGEST_REJECTED = 100;

  public Violation {
    if (rejected != null && rejected.length() > LONGEST_REJECTED) {
      rejected = rejected.substring(0, LONGEST_REJECTED) + "…";
    }
  }

  static Violation ofQuery(String name, String code, String message, @Nullable String rejected) {
    return new Violation("/query/" + escape(name), code, message, rejected);
  }

  static Violation ofHeader(String name, String code, String message, @Nullable String rejected) {
    return new Violation("/header/" + escape(name), code, message, rejected);
  }

  /** A name as a token of a JSON Pointer. */
  static String escape(String name) {
    return name.replace("~", "~0").replace("/", "~1");
  }
}
