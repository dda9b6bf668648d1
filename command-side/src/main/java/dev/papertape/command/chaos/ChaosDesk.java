package dev.papertape.command.chaos;

import dev.papertape.command.VenueSettings;
import dev.papertape.command.engine.EngineStatus;
import dev.papertape.contracts.chaos.ChaosCommand;
import dev.papertape.contracts.chaos.ChaosCommand.ApplyFault;
import dev.papertape.contracts.chaos.ChaosCommand.FinishExperiment;
import dev.papertape.contracts.chaos.ChaosCommand.ObserveSteadyState;
import dev.papertape.contracts.chaos.ChaosCommand.RevertFault;
import dev.papertape.contracts.chaos.ChaosEvent;
import dev.papertape.contracts.chaos.ChaosType;
import dev.papertape.contracts.chaos.ExperimentState;
import dev.papertape.contracts.chaos.RevertCause;
import dev.papertape.contracts.chaos.SteadyPhase;
import dev.papertape.contracts.chaos.SteadyState;
import dev.papertape.contracts.market.Symbol;
import dev.papertape.contracts.market.Venue;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Carries experiments out, one step at a time, for one life of the engine. What it knows it has
 * from the log. Owned by the runner's thread.
 *
 * <p>The order in which things are done is the guarantee: undo recorded, fault recorded, engine
 * told, fault switched on; fault switched off, undo recorded once.
 */
final class ChaosDesk {
  private final Recorder recorder;
  private final Engine engine;
  private final FaultPort port;
  private final List<VenueSettings> venues;
  private final SteadyStateProbes probes;
  private final InstantSource clock;
  private final ToLongFunction<String> timedOut;
  private final Consumer<ChaosType> applied;

  private ChaosState state;
  private boolean uncertain;
  private List<ActiveExperiment> marked;
  private @Nullable Instant lastFeedTime;
  private final Set<String> armed = new HashSet<>();

  /** Why a fault was switched off, until the log has it: an append may fail. */
  private final Map<String, RevertCause> ending = new HashMap<>();

  private final Map<String, Long> hits = new HashMap<>();
  private final Map<String, BrokenTally> tallies = new HashMap<>();
  private final Map<String, NoticedTally> noticed = new HashMap<>();
  private final Map<String, SteadyState> recorded = new HashMap<>();

  /** The log. */
  interface Recorder {
    ChaosState fold();

    /**
     * Records what the aggregate decides; durable when it returns.
     *
     * @throws WrongChaosState when it refuses; anything else leaves open whether it is in the log
     */
    ChaosEvent record(ChaosCommand command);
  }

  /** The engine of this life. */
  interface Engine {
    /** Null when it does not answer. */
    @Nullable EngineStatus status();

    /** Tells it which experiments are active; false when it did not say that it knows. */
    boolean mark(List<ActiveExperiment> active);
  }

  /**
   * Takes back, and records as taken back, whatever another life had begun and not finished.
   *
   * @param timedOut calls of a provider that timed out, since any moment
   * @param applied told of every fault that is switched on
   */
  ChaosDesk(
      Recorder recorder,
      Engine engine,
      FaultPort port,
      List<VenueSettings> venues,
      InstantSource clock,
      ToLongFunction<String> timedOut,
      Consumer<ChaosType> applied) {
    this.recorder = recorder;
    this.engine = engine;
    this.port = port;
    this.venues = List.copyOf(venues);
    this.probes =
        new SteadyStateProbes(
            venues.stream().map(VenueSettings::venue).collect(Collectors.toUnmodifiableSet()));
    this.clock = clock;
    this.timedOut = timedOut;
    this.applied = applied;
    port.disarmAll();
    this.state = recorder.fold();
    this.marked = state.active();
    for (Experiment experiment : List.copyOf(state.experiments())) {
      end(experiment, RevertCause.RESTART);
    }
    mark();
  }

  ChaosState state() {
    if (uncertain) {
      state = recorder.fold();
      uncertain = false;
      forgetAllBut(state.open().keySet());
    }
    return state;
  }

  boolean isIdle() {
    return !uncertain && state.open().isEmpty();
  }

  /** Does what is due of every experiment. */
  void step() {
    takeBackOverdue();
    if (!state().open().isEmpty()) {
      EngineStatus status = engine.status();
      lastFeedTime = status == null ? lastFeedTime : status.feedTime();
      for (Experiment experiment : List.copyOf(state().experiments())) {
        step(experiment, status);
      }
    }
    mark();
  }

  /** Before anything that may wait, or fail: no fault stays on for want of a log or an engine. */
  private void takeBackOverdue() {
    Instant now = clock.instant();
    for (Experiment experiment : List.copyOf(state.experiments())) {
      if (!now.isBefore(experiment.plan().endsAt())) {
        off(experiment.id());
      }
    }
  }

  private void step(Experiment experiment, @Nullable EngineStatus status) {
    RevertCause due = dueEnd(experiment);
    if (due != null) {
      end(experiment, due);
      return;
    }
    String id = experiment.id();
    Instant now = clock.instant();
    SteadyState seen = look(experiment, status, now);
    switch (NextStep.of(experiment, seen, recorded.get(id), now)) {
      case NextStep.Wait _ -> {}
      case NextStep.Observe(SteadyPhase phase) -> {
        record(new ObserveSteadyState(id, phase, seen));
        if (phase == SteadyPhase.DURING) {
          recorded.put(id, seen);
        }
      }
      case NextStep.Apply _ -> {
        if (status != null) {
          noticed.put(id, new NoticedTally(experiment.plan(), venues, timedOut, status));
          apply(experiment);
        }
      }
      case NextStep.Revert(RevertCause cause) -> end(experiment, cause);
      case NextStep.Finish(Verdicts verdict) -> finish(id, verdict);
    }
  }

  /** Why it is to end whatever is seen; null without a reason. */
  private @Nullable RevertCause dueEnd(Experiment experiment) {
    if (!isToBeEnded(experiment)) {
      return null;
    }
    RevertCause said = ending.get(experiment.id());
    return said == null && state.leverPulled() ? RevertCause.LEVER : said;
  }

  private static boolean isToBeEnded(Experiment experiment) {
    return switch (experiment.state()) {
      case PENDING, RUNNING -> true;
      case REVERTING, FINISHED, REFUSED -> false;
    };
  }

  /** What other experiments cost is not held against this one. */
  private SteadyState look(Experiment experiment, @Nullable EngineStatus status, Instant now) {
    if (status == null) {
      return SteadyStateProbes.silent(lastFeedTime, now);
    }
    if (experiment.state() != ExperimentState.RUNNING) {
      return probes.aside(
          status, (venue, symbol) -> isCovered(venue, symbol, experiment.id()), now);
    }
    BrokenTally tally = tallies.computeIfAbsent(experiment.id(), _ -> new BrokenTally(status));
    tally.spare(status, (venue, symbol) -> isCovered(venue, symbol, null));
    NoticedTally signs = noticed.get(experiment.id());
    return probes.during(status, tally, signs == null ? 0 : signs.sinceBegin(status), now);
  }

  private boolean isCovered(Venue venue, Symbol symbol, @Nullable String butBy) {
    return state.experiments().stream()
        .filter(each -> each.state() != ExperimentState.PENDING && !each.id().equals(butBy))
        .anyMatch(each -> new BlastRadius(each.plan(), venues).covers(venue, symbol));
  }

  /** An engine that does not know of a fault would leave its events untagged: none is applied. */
  private void apply(Experiment experiment) {
    record(new ApplyFault(experiment.id(), clock.instant()));
    if (!mark()) {
      hits.put(experiment.id(), 0L);
      state.find(experiment.id()).ifPresent(each -> end(each, RevertCause.STOP_CONDITION));
      return;
    }
    armed.add(experiment.id());
    port.arm(experiment.plan());
    applied.accept(experiment.plan().type());
  }

  /**
   * Takes a fault back, or ends an experiment that has none yet. The first cause is the one that is
   * recorded, now or when the log can be written again.
   */
  void end(Experiment experiment, RevertCause cause) {
    if (!isToBeEnded(experiment)) {
      return;
    }
    String id = experiment.id();
    ending.putIfAbsent(id, cause);
    RevertCause first = ending.getOrDefault(id, cause);
    if (experiment.state() == ExperimentState.PENDING) {
      finish(id, Verdicts.inconclusive("ended before its fault was applied: " + first));
    } else {
      off(id);
      record(new RevertFault(id, first, hits.get(id), clock.instant()));
    }
  }

  /** Switches everything off at once, before anything is read or recorded. */
  void allOff(RevertCause cause) {
    for (String id : List.copyOf(armed)) {
      ending.putIfAbsent(id, cause);
      off(id);
    }
    state().experiments().stream()
        .filter(ChaosDesk::isToBeEnded)
        .forEach(each -> ending.putIfAbsent(each.id(), cause));
  }

  private void off(String id) {
    if (armed.remove(id)) {
      hits.merge(id, port.disarm(id), Long::sum);
    }
  }

  private void finish(String id, Verdicts verdict) {
    record(new FinishExperiment(id, verdict.verdict(), verdict.detail(), clock.instant()));
    forgetAllBut(state.open().keySet());
  }

  private void forgetAllBut(Set<String> open) {
    List.of(ending, hits, tallies, noticed, recorded)
        .forEach(each -> each.keySet().retainAll(open));
  }

  /** Decides and records; the event is in the log when this returns. */
  ChaosEvent record(ChaosCommand command) {
    try {
      ChaosEvent event = recorder.record(command);
      state = state.after(event);
      return event;
    } catch (WrongChaosState refused) {
      throw refused;
    } catch (RuntimeException unknown) {
      uncertain = true; // It may be in the log all the same.
      throw unknown;
    }
  }

  /** Tells the engine which experiments are active, until it knows; whether it does. */
  private boolean mark() {
    List<ActiveExperiment> active = state.active();
    if (!active.equals(marked) && engine.mark(active)) {
      marked = active;
    }
    return active.equals(marked);
  }
}
