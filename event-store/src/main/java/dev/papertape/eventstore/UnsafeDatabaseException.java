package dev.papertape.eventstore;

/** The database or the serializers may lose or change what was acknowledged; nothing is started. */
public final class UnsafeDatabaseException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UnsafeDatabaseException(String message) {
    super(message);
  }

  UnsafeDatabaseException(String message, Throwable cause) {
    super(message, cause);
  }
}
