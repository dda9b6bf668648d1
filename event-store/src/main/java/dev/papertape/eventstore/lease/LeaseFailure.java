package dev.papertape.eventstore.lease;

/** The database could not be asked; nothing is known of the lease. May be tried again. */
public final class LeaseFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  LeaseFailure(String message, Throwable cause) {
    super(message, cause);
  }
}
