package dev.papertape.eventstore.log;

/** The event log could not be read: the database is away or refused. May be tried again. */
public final class LogUnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public LogUnavailableException(Throwable cause) {
    super("the event log cannot be read: " + cause.getMessage(), cause);
  }
}
