package dev.papertape.eventstore;

/** The store would not keep what it acknowledges; the message is one sentence for the operator. */
public final class UnsafeStoreException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UnsafeStoreException(String message) {
    super(message);
  }
}
