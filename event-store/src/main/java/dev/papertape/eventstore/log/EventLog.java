package dev.papertape.eventstore.log;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.function.Consumer;

/** The log as readers see it. Every method reads committed rows only; positions have no holes. */
public interface EventLog {
  /** Position of the newest event, 0 for an empty log. */
  long head();

  /** At most {@code limit} events after {@code position}, oldest first. */
  List<LoggedEvent> after(long position, int limit);

  /**
   * Position of the newest event recorded before {@code time}, 0 if there is none. O(log n) lookups
   * by primary key: positions have no holes and recorded times never go back.
   */
  long lastBefore(Instant time);

  /** Streams all events in ({@code after}, {@code upTo}] through a cursor, oldest first. */
  void forEach(long after, long upTo, Consumer<LoggedEvent> reader);

  /** At most {@code limit} events before {@code position} (exclusive), newest first. */
  List<LoggedEvent> before(long position, int limit);

  Optional<LoggedEvent> at(long position);

  /** The events of one stream from {@code fromSequence}, oldest first. */
  List<LoggedEvent> stream(String stream, long fromSequence);

  /** The newest event of one stream. */
  Optional<LoggedEvent> lastOf(String stream);

  /**
   * Every event after {@code position} whose stream is of one of these kinds, oldest first. For
   * kinds that an index of theirs keeps apart; of others the whole log is read.
   *
   * @param kinds types of streams, in lower case
   */
  List<LoggedEvent> ofKinds(SortedSet<String> kinds, long position);

  /** Names of all streams of a kind, under the same condition. */
  List<String> streamsOf(String kind);

  /**
   * Waits until the head is beyond {@code position} or the time is over; woken at once by appends
   * of this process, by NOTIFY for those of others, and by a poll if that is lost.
   *
   * @return the head as last seen
   */
  long awaitBeyond(long position, Duration timeout) throws InterruptedException;
}
