package dev.papertape.eventstore.append;

import dev.papertape.eventstore.lease.Epoch;
import java.util.Objects;
import java.util.UUID;

/** Why a unit of work is not in the log, or not known to be. */
public abstract sealed class AppendFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  AppendFailure(String message) {
    super(message);
  }

  AppendFailure(String message, Throwable cause) {
    super(message, cause);
  }

  /** One sentence for the caller, never null. */
  @Override
  public String getMessage() {
    return Objects.requireNonNull(super.getMessage());
  }

  /** The bounded queue is full; nothing was accepted. */
  public static final class QueueFull extends AppendFailure {
    private static final long serialVersionUID = 1L;

    public QueueFull(int capacity) {
      super("append queue is full (room for " + capacity + " events)");
    }
  }

  /** Another process holds the lease now; nothing was written. */
  public static final class EpochSuperseded extends AppendFailure {
    private static final long serialVersionUID = 1L;

    public EpochSuperseded(String message) {
      super(message);
    }

    /** An earlier unit of work of the same epoch is not in the log, so no later one may be. */
    static EpochSuperseded broken(Epoch epoch) {
      return new EpochSuperseded(
          "an earlier unit of epoch " + epoch.number() + " of " + epoch.lease() + " failed");
    }
  }

  /** The idempotency key was claimed before; nothing was written. */
  public static final class KeyClaimed extends AppendFailure {
    private static final long serialVersionUID = 1L;

    public KeyClaimed(String key) {
      super("idempotency key was claimed before: " + key);
    }
  }

  /** The database cannot be reached or refused; nothing was written; may be tried again. */
  public static final class DatabaseUnavailable extends AppendFailure {
    private static final long serialVersionUID = 1L;

    public DatabaseUnavailable(Throwable cause) {
      super("the event log's database is not available", cause);
    }
  }

  /** The connection was lost during COMMIT and the outcome could not be looked up. */
  public static final class OutcomeUnknown extends AppendFailure {
    private static final long serialVersionUID = 1L;

    public OutcomeUnknown(Throwable cause) {
      super("the outcome of a commit is not known", cause);
    }
  }

  /** An event with this id, or at this sequence, stands in the log already; nothing was written. */
  public static final class Conflict extends AppendFailure {
    private static final long serialVersionUID = 1L;
    private final String stream;
    private final long sequence;

    private Conflict(String message, String stream, long sequence) {
      super(message);
      this.stream = stream;
      this.sequence = sequence;
    }

    static Conflict at(StreamPlace place) {
      return new Conflict(
          "an event of " + place.stream() + " at sequence " + place.sequence() + " stands already",
          place.stream(),
          place.sequence());
    }

    static Conflict repeated(String stream, UUID eventId) {
      return new Conflict("event " + eventId + " stands in " + stream + " already", stream, -1);
    }

    /** The stream in which it stands. */
    public String stream() {
      return stream;
    }

    /** The sequence that is taken, −1 when an event id was repeated. */
    public long sequence() {
      return sequence;
    }
  }
}
