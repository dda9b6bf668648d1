package dev.papertape.command.chaos;

import dev.papertape.contracts.chaos.ChaosEvent;
import dev.papertape.contracts.chaos.ChaosEvent.ExperimentFinished;
import dev.papertape.contracts.chaos.ChaosEvent.ExperimentRefused;
import dev.papertape.contracts.chaos.ChaosEvent.ExperimentStarted;
import dev.papertape.contracts.chaos.ChaosEvent.FaultApplied;
import dev.papertape.contracts.chaos.ChaosEvent.FaultReverted;
import dev.papertape.contracts.chaos.ChaosEvent.SafetyLeverPulled;
import dev.papertape.contracts.chaos.ChaosEvent.SafetyLeverReleased;
import dev.papertape.contracts.chaos.ChaosEvent.SteadyStateObserved;
import dev.papertape.contracts.chaos.ExperimentState;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * What the desk knows: the lever, and the experiments that are not finished, oldest first.
 * Immutable; of finished ones only the log and the read model speak.
 */
public record ChaosState(boolean leverPulled, Map<String, Experiment> open) {
  /** An empty log's. */
  public static final ChaosState EMPTY = new ChaosState(false, Map.of());

  public Optional<Experiment> find(String experimentId) {
    return Optional.ofNullable(open.get(experimentId));
  }

  public Collection<Experiment> experiments() {
    return open.values();
  }

  /** Those whose fault was applied: the engine's events of the meantime carry their ids. */
  public List<ActiveExperiment> active() {
    return open.values().stream()
        .filter(each -> each.state() != ExperimentState.PENDING)
        .map(each -> new ActiveExperiment(each.id(), each.plan().type(), each.plan().target()))
        .toList();
  }

  public ChaosState after(Collection<? extends ChaosEvent> events) {
    ChaosState state = this;
    for (ChaosEvent event : events) {
      state = state.after(event);
    }
    return state;
  }

  public ChaosState after(ChaosEvent event) {
    return switch (event) {
      case ExperimentStarted started -> begun(started);
      case SteadyStateObserved seen ->
          changed(
              seen.experimentId(),
              each ->
                  switch (seen.phase()) {
                    case BEFORE -> each.observedBefore(seen.observed());
                    case DURING -> each.observedDuring(seen.observed());
                    case AFTER -> each.observedAfter(seen.observed());
                  });
      case FaultApplied applied ->
          changed(applied.experimentId(), each -> each.applied(applied.at()));
      case FaultReverted reverted -> changed(reverted.experimentId(), each -> each.taken(reverted));
      case ExperimentFinished finished -> without(finished.experimentId());
      case ExperimentRefused _ -> this;
      case SafetyLeverPulled _ -> new ChaosState(true, open);
      case SafetyLeverReleased _ -> new ChaosState(false, open);
    };
  }

  private ChaosState begun(ExperimentStarted started) {
    Map<String, Experiment> all = new LinkedHashMap<>(open);
    all.put(started.experimentId(), Experiment.begun(started));
    return new ChaosState(leverPulled, all);
  }

  private ChaosState changed(String experimentId, UnaryOperator<Experiment> change) {
    Map<String, Experiment> all = new LinkedHashMap<>(open);
    all.computeIfPresent(experimentId, (_, each) -> change.apply(each));
    return new ChaosState(leverPulled, all);
  }

  private ChaosState without(String experimentId) {
    Map<String, Experiment> all = new LinkedHashMap<>(open);
    all.remove(experimentId);
    return new ChaosState(leverPulled, all);
  }
}
