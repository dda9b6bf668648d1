package dev.papertape.eventstore.append;

import dev.papertape.eventstore.lease.Epoch;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The units that are still to be written and how far that has come. */
final class Batch {
  private List<AppendUnit> units;
  private final List<AppendPlan.Refused> refused = new ArrayList<>();
  private boolean isolating;

  /** The plan whose COMMIT may have reached the server. */
  private @Nullable AppendPlan sent;

  Batch(List<AppendUnit> units) {
    this.units = units;
  }

  @Nullable AppendPlan sent() {
    return sent;
  }

  /** Called right before the plan goes out; null when a new attempt begins. */
  void sent(@Nullable AppendPlan plan) {
    sent = plan;
  }

  boolean isIsolating() {
    return isolating;
  }

  /** From now on the units are looked up before they are written. */
  void beginIsolating() {
    isolating = true;
  }

  AppendPlan plan(LogSession.Opened opened, StreamHeads heads, Instant now) {
    return AppendPlanner.plan(units, refused, opened, heads, now);
  }

  Set<String> leases() {
    Set<String> leases = new HashSet<>();
    units.stream()
        .map(AppendUnit::epoch)
        .filter(Objects::nonNull)
        .map(Epoch::lease)
        .forEach(leases::add);
    return leases;
  }

  /**
   * The epochs under which the units were made, by lease; empty if two of them disagree, so that
   * not all can be right.
   */
  Optional<Map<String, Long>> claimedEpochs() {
    Map<String, Long> epochs = new HashMap<>();
    for (AppendUnit unit : units) {
      Epoch epoch = unit.epoch();
      if (epoch != null) {
        Long other = epochs.put(epoch.lease(), epoch.number());
        if (other != null && other != epoch.number()) {
          return Optional.empty();
        }
      }
    }
    return Optional.of(epochs);
  }

  Set<String> factStreams() {
    Set<String> streams = new HashSet<>();
    for (AppendUnit unit : units) {
      for (PreparedEvent event : unit.events()) {
        if (event.assignedLater()) {
          streams.add(event.stream());
        }
      }
    }
    return streams;
  }

  /** Refuses the units whose places or keys are taken; the others remain. */
  void isolate(LogSession open) throws SQLException {
    Set<StreamPlace> taken = open.existing(units.stream().flatMap(unit -> places(unit)).toList());
    Set<String> claimed =
        open.claimed(
            units.stream()
                .map(AppendUnit::claim)
                .filter(Objects::nonNull)
                .map(IdempotencyClaim::key)
                .toList());
    List<AppendUnit> remaining = new ArrayList<>();
    for (AppendUnit unit : units) {
      taken(unit, taken, claimed)
          .ifPresentOrElse(
              failure -> refused.add(new AppendPlan.Refused(unit, failure)),
              () -> remaining.add(unit));
    }
    units = remaining;
  }

  private static Optional<AppendFailure> taken(
      AppendUnit unit, Set<StreamPlace> places, Set<String> keys) {
    IdempotencyClaim claim = unit.claim();
    if (claim != null && keys.contains(claim.key())) {
      return Optional.of(new AppendFailure.KeyClaimed(claim.key()));
    }
    return places(unit).filter(places::contains).findFirst().map(AppendFailure.Conflict::at);
  }

  private static Stream<StreamPlace> places(AppendUnit unit) {
    return unit.events().stream()
        .filter(event -> !event.assignedLater())
        .map(event -> new StreamPlace(event.stream(), event.sequence()));
  }
}
