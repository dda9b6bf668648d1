package dev.papertape.command.guards;

import dev.papertape.eventstore.log.EventLog;
import dev.papertape.eventstore.log.LoggedEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows one aggregate's stream in the log, whichever process writes it. One thread, once
 * {@linkplain #start started}.
 *
 * @param <E> what the stream is made of
 */
final class StreamTail<E> implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(StreamTail.class);

  private static final Duration LONGEST_WAIT = Duration.ofSeconds(1);
  static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);

  private final EventLog events;
  private final String stream;
  private final Function<LoggedEvent, E> decode;
  private final Duration betweenLooks;
  private final CountDownLatch closing = new CountDownLatch(1);
  private @Nullable Thread thread;
  private long nextSequence;

  /** Told of each event after {@link #read()}, in order; may wait until it can take one. */
  @FunctionalInterface
  interface Listener<E> {
    void happened(E event, long position) throws InterruptedException;
  }

  /**
   * @param betweenLooks shortest time between two queries: every append of the whole log wakes this
   *     thread, and hardly any of them is of this stream
   */
  StreamTail(
      EventLog events, String stream, Function<LoggedEvent, E> decode, Duration betweenLooks) {
    this.events = events;
    this.stream = stream;
    this.decode = decode;
    this.betweenLooks = betweenLooks;
  }

  /** What the log has of the stream now; what comes later goes to the listener. */
  List<E> read() {
    List<E> read = new ArrayList<>();
    for (LoggedEvent event : events.stream(stream, nextSequence)) {
      read.add(decode.apply(event));
      nextSequence = event.sequence() + 1;
    }
    return read;
  }

  /**
   * Tells the listener, on a thread of its own, what was appended after {@link #read()}. Not a
   * virtual thread: {@link #close()} interrupts it, and an interrupt closes the socket that a
   * virtual thread reads from, which would break a pooled connection in the middle of a query.
   */
  void start(Listener<E> listener) {
    thread = Thread.ofPlatform().daemon().name("tail-of-" + stream).start(() -> run(listener));
  }

  private void run(Listener<E> listener) {
    long seen = 0;
    try {
      do {
        seen = events.awaitBeyond(seen, LONGEST_WAIT);
        look(listener);
      } while (!closing.await(betweenLooks.toNanos(), TimeUnit.NANOSECONDS));
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
  }

  private void look(Listener<E> listener) throws InterruptedException {
    try {
      for (LoggedEvent event : events.stream(stream, nextSequence)) {
        listener.happened(decode.apply(event), event.position());
        nextSequence = event.sequence() + 1;
      }
    } catch (RuntimeException failure) {
      if (closing.getCount() > 0) {
        log.warn("{} could not be read and will be again: {}", stream, failure.toString());
      }
    }
  }

  @Override
  public void close() {
    closing.countDown();
    Thread running = thread;
    if (running != null) {
      running.interrupt();
    }
  }
}
