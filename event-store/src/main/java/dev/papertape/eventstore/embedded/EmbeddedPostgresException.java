package dev.papertape.eventstore.embedded;

import org.jspecify.annotations.Nullable;

/**
 * The embedded PostgreSQL cannot run; the message is one sentence for the person who started it.
 */
public final class EmbeddedPostgresException extends RuntimeException {

  /** Why it cannot run. */
  public enum Reason {
    /** Another Papertape instance holds the data folder. */
    ALREADY_RUNNING,
    /** The disk is full, or has too little room to start on. */
    DISK_FULL,
    /** The data folder cannot be written. */
    NOT_WRITABLE,
    /** The data folder is no sound cluster of this PostgreSQL version. */
    CORRUPT_DATA,
    /** No PostgreSQL binaries for this machine on the class path. */
    NO_BINARIES,
    /** PostgreSQL refuses to run as root, and no unprivileged way was found. */
    ROOT_ONLY,
    /** It does not answer, or not as safely as asked for. */
    START_FAILED
  }

  private final Reason reason;

  EmbeddedPostgresException(Reason reason, String message) {
    this(reason, message, null);
  }

  EmbeddedPostgresException(Reason reason, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}
