package dev.papertape.eventstore.append;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Where the log and the fact streams that were written lately end. Right only under the append lock
 * and only while the log's head is the position that this process wrote last: then no other process
 * has appended since. Guarded by the appender's lock.
 */
final class StreamHeads {
  private static final int MAX_STREAMS = 20_000;

  /** Batches in a row that found the log as this process had left it, before that is relied on. */
  private static final int UNDISTURBED_BATCHES = 8;

  /** Last sequence of a stream (−1 for none) and its newest event ids. */
  static final class Head {
    private long sequence;
    private final Deque<UUID> newestIds = new ArrayDeque<>();

    Head(long sequence) {
      this.sequence = sequence;
    }

    long next() {
      return sequence + 1;
    }

    boolean contains(UUID eventId) {
      return newestIds.contains(eventId);
    }

    void append(long newSequence, UUID eventId) {
      sequence = Math.max(sequence, newSequence);
      remember(eventId);
    }

    void remember(UUID eventId) {
      newestIds.addLast(eventId);
      if (newestIds.size() > LogSession.REMEMBERED_IDS) {
        newestIds.removeFirst();
      }
    }
  }

  private final Map<String, Head> heads = new LinkedHashMap<>(16, 0.75f, true);
  private long validAt = -1;
  private Instant recordedAt = Instant.EPOCH;
  private int undisturbed;

  /** Forgets everything unless nobody has appended since {@link #validAt(long, Instant)}. */
  boolean keepIfValidAt(long head) {
    if (validAt == head) {
      undisturbed++;
      return true;
    }
    clear();
    return false;
  }

  /**
   * Everything here is right while the log ends at {@code head}; forgets the longest unused.
   *
   * @param newest recorded time of the event at the head
   */
  void validAt(long head, Instant newest) {
    validAt = head;
    recordedAt = newest;
    Iterator<String> longestUnusedFirst = heads.keySet().iterator();
    while (heads.size() > MAX_STREAMS) {
      longestUnusedFirst.next();
      longestUnusedFirst.remove();
    }
  }

  /** Whether the log most likely still ends where this process has left it. */
  boolean isUndisturbed() {
    return undisturbed >= UNDISTURBED_BATCHES;
  }

  /** The log's end as this process has left it. */
  LogSession.Opened remembered(Map<String, Long> epochs) {
    return new LogSession.Opened(validAt, recordedAt, epochs, Map.of());
  }

  void clear() {
    heads.clear();
    validAt = -1;
    undisturbed = 0;
  }

  @Nullable Head get(String stream) {
    return heads.get(stream);
  }

  void put(String stream, Head head) {
    heads.put(stream, head);
  }
}
