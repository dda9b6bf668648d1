package dev.papertape.eventstore.append;

import dev.papertape.eventstore.lease.Epoch;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Gives positions and sequences to units of work, in order; refuses those that may not be written.
 */
final class AppendPlanner {
  private final long head;
  private final Map<String, Long> epochs;
  private final StreamHeads streams;
  private final Instant recordedAt;

  private final List<AppendPlan.Row> rows = new ArrayList<>();
  private final List<AppendPlan.Claim> claims = new ArrayList<>();
  private final List<AppendPlan.Placed> placed = new ArrayList<>();
  private final List<AppendPlan.Refused> refused = new ArrayList<>();
  private final Set<StreamPlace> places = new HashSet<>();
  private final Set<String> keys = new HashSet<>();
  private final Set<Epoch> broken = new HashSet<>();

  private AppendPlanner(LogSession.Opened opened, StreamHeads streams, Instant now) {
    this.head = opened.head();
    this.epochs = opened.epochs();
    this.streams = streams;
    // timestamptz keeps microseconds: what is hashed must be what is read back.
    Instant micros = now.truncatedTo(ChronoUnit.MICROS);
    this.recordedAt = micros.isBefore(opened.recordedAt()) ? opened.recordedAt() : micros;
  }

  /**
   * @param alreadyRefused units that are not among {@code units} any more
   * @param streams the heads of all streams whose sequences are to be assigned; moved on by the
   *     plan, so to be thrown away if it is not committed
   */
  static AppendPlan plan(
      List<AppendUnit> units,
      List<AppendPlan.Refused> alreadyRefused,
      LogSession.Opened opened,
      StreamHeads streams,
      Instant now) {
    AppendPlanner planner = new AppendPlanner(opened, streams, now);
    alreadyRefused.forEach(refusal -> planner.refuse(refusal.unit(), refusal.failure()));
    units.forEach(planner::add);
    return new AppendPlan(
        planner.head,
        planner.recordedAt,
        planner.rows,
        planner.claims,
        planner.placed,
        planner.refused);
  }

  private void add(AppendUnit unit) {
    List<PreparedEvent> events = unit.events();
    Optional<AppendFailure> refusal =
        wrongEpoch(unit.epoch())
            .or(() -> claimedTwice(unit.claim()))
            .or(() -> takenPlace(events))
            .or(() -> repeatedFact(events));
    if (refusal.isPresent()) {
      refuse(unit, refusal.get());
      return;
    }
    long first = head + rows.size() + 1;
    events.forEach(this::place);
    long last = head + rows.size();
    placed.add(new AppendPlan.Placed(unit, first, last));
    IdempotencyClaim claim = unit.claim();
    if (claim != null) {
      keys.add(claim.key());
      claims.add(new AppendPlan.Claim(claim, last));
    }
  }

  /**
   * What a writer under a lease did after a refused unit rests on it, so all of that is refused.
   */
  private void refuse(AppendUnit unit, AppendFailure failure) {
    refused.add(new AppendPlan.Refused(unit, failure));
    Epoch epoch = unit.epoch();
    if (epoch != null) {
      broken.add(epoch);
    }
  }

  private void place(PreparedEvent event) {
    StreamHeads.Head stream = streams.get(event.stream());
    long sequence = event.assignedLater() ? head(event, stream).next() : event.sequence();
    if (stream != null) {
      stream.append(sequence, event.eventId());
    }
    places.add(new StreamPlace(event.stream(), sequence));
    rows.add(new AppendPlan.Row(event, sequence));
  }

  private Optional<AppendFailure> wrongEpoch(@Nullable Epoch epoch) {
    if (epoch == null) {
      return Optional.empty();
    }
    if (broken.contains(epoch)) {
      return Optional.of(AppendFailure.EpochSuperseded.broken(epoch));
    }
    Long newest = epochs.get(epoch.lease());
    return newest != null && newest == epoch.number()
        ? Optional.empty()
        : Optional.of(
            new AppendFailure.EpochSuperseded(
                "lease " + epoch.lease() + " is at epoch " + newest + ", not " + epoch.number()));
  }

  private Optional<AppendFailure> claimedTwice(@Nullable IdempotencyClaim claim) {
    return claim != null && keys.contains(claim.key())
        ? Optional.of(new AppendFailure.KeyClaimed(claim.key()))
        : Optional.empty();
  }

  private Optional<AppendFailure> takenPlace(List<PreparedEvent> events) {
    return events.stream()
        .filter(event -> !event.assignedLater())
        .map(event -> new StreamPlace(event.stream(), event.sequence()))
        .filter(places::contains)
        .findFirst()
        .map(AppendFailure.Conflict::at);
  }

  private Optional<AppendFailure> repeatedFact(List<PreparedEvent> events) {
    Set<UUID> ids = new HashSet<>();
    for (PreparedEvent event : events) {
      if (event.assignedLater()
          && (!ids.add(event.eventId())
              || head(event, streams.get(event.stream())).contains(event.eventId()))) {
        return Optional.of(AppendFailure.Conflict.repeated(event.stream(), event.eventId()));
      }
    }
    return Optional.empty();
  }

  private static StreamHeads.Head head(PreparedEvent event, StreamHeads.@Nullable Head stream) {
    if (stream == null) {
      throw new IllegalStateException("the head of " + event.stream() + " was not read");
    }
    return stream;
  }
}
