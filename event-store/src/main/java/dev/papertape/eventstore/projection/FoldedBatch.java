package dev.papertape.eventstore.projection;

import dev.papertape.eventstore.log.LoggedEvent;
import dev.papertape.eventstore.projection.DeadLetterRows.Parked;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What folding a batch came to, up to the first event that could not be folded.
 *
 * @param letters events of parked streams, in the order of the log
 * @param count how many events are done; the one at this index failed, if {@code failure} is set.
 *     Then {@code changes} and the folding state are not to be used: the failed event may have
 *     changed them halfway
 */
record FoldedBatch(
    BatchChanges changes, List<Parked> letters, int count, @Nullable Throwable failure) {

  /**
   * @param types payload types to fold; others are passed over
   * @param parked streams whose events go to the dead letters unseen
   */
  static FoldedBatch of(
      List<LoggedEvent> events, Projection.Fold fold, Set<String> types, Set<String> parked) {
    BatchChanges changes = new BatchChanges();
    List<Parked> letters = new ArrayList<>();
    for (int i = 0; i < events.size(); i++) {
      LoggedEvent event = events.get(i);
      if (!types.contains(event.payloadType())) {
        continue;
      }
      if (parked.contains(event.stream())) {
        letters.add(new Parked(event, "waits for an earlier event of its stream", 0));
        continue;
      }
      try {
        fold.apply(event, changes);
      } catch (RuntimeException | StackOverflowError | AssertionError failure) {
        return new FoldedBatch(changes, letters, i, failure);
      }
    }
    return new FoldedBatch(changes, letters, events.size(), null);
  }
}
