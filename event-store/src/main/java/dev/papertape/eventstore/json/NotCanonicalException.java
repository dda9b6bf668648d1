package dev.papertape.eventstore.json;

import org.jspecify.annotations.Nullable;

/** Text that is not JSON, or JSON that has no canonical form; the message says where and why. */
public final class NotCanonicalException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  NotCanonicalException(String message) {
    super(message);
  }

  NotCanonicalException(@Nullable String message, Throwable cause) {
    super(message, cause);
  }
}
