package dev.papertape.command.chaos;

import dev.papertape.command.engine.EngineCommand.MarkExperiments;
import dev.papertape.command.engine.EngineCommand.ReadStatus;
import dev.papertape.command.engine.EngineRuntime;
import dev.papertape.command.engine.EngineStatus;
import dev.papertape.command.engine.EngineUnavailable;
import dev.papertape.contracts.chaos.ChaosCommand;
import dev.papertape.contracts.chaos.ChaosCommand.ApplyFault;
import dev.papertape.contracts.chaos.ChaosCommand.FinishExperiment;
import dev.papertape.contracts.chaos.ChaosCommand.ObserveSteadyState;
import dev.papertape.contracts.chaos.ChaosCommand.RevertFault;
import dev.papertape.contracts.chaos.ChaosEvent;
import dev.papertape.contracts.chaos.ExperimentState;
import dev.papertape.contracts.chaos.RevertCause;
import dev.papertape.contracts.chaos.SteadyPhase;
import dev.papertape.contracts.chaos.SteadyState;
import dev.papertape.contracts.market.Symbol;
import dev.papertape.contracts.market.Venue;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs experiments where the engine's lease is, on one thread: looks at the steady state, applies,
 * takes back, and does what callers ask in between. What it knows it has from the log; whatever is
 * found there unfinished when the engine begins anew is taken back first.
 *
 * <p>The order in which things are done is the guarantee: undo recorded, fault recorded, engine
 * told, fault switched on; fault switched off, undo recorded once.
 */
final class ChaosRunner implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(ChaosRunner.class);
  private static final Duration BUSY = Duration.ofMillis(25);
  private static final Duration IDLE = Duration.ofMillis(150);
  private static final Duration ENGINE_ANSWERS_WITHIN = Duration.ofSeconds(1);
  private static final int MOST_WAITING = 64;

  private final ChaosLog chaosLog;
  private final EngineRuntime engine;
  private final FaultPort port;
  private final Function<Experiment, BlastRadius> radii;
  private final InstantSource clock;
  private final ChaosMetrics metrics;
  private final BlockingQueue<Asked<?>> asked = new ArrayBlockingQueue<>(MOST_WAITING);
  private final Thread thread;
  private volatile boolean closing;

  private @Nullable ChaosState state;
  private boolean uncertain;
  private List<ActiveExperiment> marked = List.of();
  private final Set<String> armed = new HashSet<>();
  private final Map<String, Long> hits = new HashMap<>();
  private final Map<String, BrokenTally> tallies = new HashMap<>();
  private final Map<String, SteadyState> recorded = new HashMap<>();

  /** Something that a caller wants done on the runner's thread. */
  private record Asked<T>(Function<Desk, T> work, CompletableFuture<T> reply) {
    void run(Desk desk) {
      try {
        reply.complete(work.apply(desk));
      } catch (RuntimeException failure) {
        reply.completeExceptionally(failure);
      }
    }
  }

  /** What callers can do with the desk, on the runner's thread. */
  interface Desk {
    ChaosState state();

    /** Decides and records; the event is in the log when this returns. */
    ChaosEvent record(ChaosCommand command);

    /** Takes a fault back, or ends an experiment that has none yet. */
    void stop(String experimentId, RevertCause cause);

    /** Switches everything off at once, before anything is recorded. */
    void allOff();
  }

  ChaosRunner(
      ChaosLog chaosLog,
      EngineRuntime engine,
      FaultPort port,
      Function<Experiment, BlastRadius> radii,
      InstantSource clock,
      ChaosMetrics metrics) {
    this.chaosLog = chaosLog;
    this.engine = engine;
    this.port = port;
    this.radii = radii;
    this.clock = clock;
    this.metrics = metrics;
    this.thread = Thread.ofPlatform().name("chaos-runner").unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  /** Has it done between two steps; refused at once when too many wait. */
  <T> CompletableFuture<T> ask(Function<Desk, T> work) {
    Asked<T> one = new Asked<>(work, new CompletableFuture<>());
    if (closing || !asked.offer(one)) {
      one.reply.completeExceptionally(
          closing ? new EngineUnavailable.Stopping() : new EngineUnavailable.MailboxFull());
    }
    return one.reply;
  }

  private void run() {
    Here desk = new Here();
    while (!closing) {
      try {
        ChaosState known = state;
        boolean busy = known != null && !known.open().isEmpty();
        Asked<?> next = asked.poll((busy ? BUSY : IDLE).toMillis(), TimeUnit.MILLISECONDS);
        if (isReady()) {
          if (next != null) {
            next.run(desk);
          }
          step();
        } else if (next != null) {
          next.reply.completeExceptionally(new EngineUnavailable.NotLeaseHolder());
        }
      } catch (InterruptedException stop) {
        Thread.currentThread().interrupt();
        break;
      } catch (RuntimeException failure) {
        uncertain = true;
        log.warn("chaos: a step failed and is done again: {}", failure.toString());
      }
    }
    port.disarmAll();
    asked.forEach(each -> each.reply.completeExceptionally(new EngineUnavailable.Stopping()));
  }

  /** Whether the engine lives here, and what the log says of experiments is known. */
  private boolean isReady() throws InterruptedException {
    if (!engine.isHolder()) {
      if (state != null) {
        port.disarmAll();
        forget();
      }
      return false;
    }
    if (state == null) {
      recover();
    } else if (uncertain) {
      state = chaosLog.fold();
      uncertain = false;
    }
    return true;
  }

  private void forget() {
    state = null;
    marked = List.of();
    armed.clear();
    hits.clear();
    tallies.clear();
    recorded.clear();
  }

  /** Another life had begun these: what it applied went with it, and is recorded as taken back. */
  private void recover() throws InterruptedException {
    port.disarmAll();
    forget();
    ChaosState found = chaosLog.fold();
    state = found;
    uncertain = false;
    marked = found.active();
    for (Experiment experiment : List.copyOf(found.experiments())) {
      end(experiment, RevertCause.RESTART);
    }
    mark();
  }

  private void step() throws InterruptedException {
    ChaosState known = state;
    if (known == null || known.open().isEmpty()) {
      return;
    }
    EngineStatus status = status();
    for (Experiment experiment : List.copyOf(known.experiments())) {
      step(experiment, status);
    }
    mark();
  }

  private void step(Experiment experiment, @Nullable EngineStatus status)
      throws InterruptedException {
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
      case NextStep.Apply _ -> apply(experiment);
      case NextStep.Revert(RevertCause cause) -> end(experiment, cause);
      case NextStep.Finish(Verdicts verdict) -> finish(id, verdict);
    }
  }

  /** What other experiments cost is not held against this one. */
  private SteadyState look(Experiment experiment, @Nullable EngineStatus status, Instant now) {
    if (experiment.state() != ExperimentState.RUNNING || status == null) {
      return SteadyStateProbes.aside(
          status, (venue, symbol) -> isCovered(venue, symbol, experiment.id()), now);
    }
    BrokenTally tally = tallies.computeIfAbsent(experiment.id(), _ -> new BrokenTally(status));
    tally.spare(status, (venue, symbol) -> isCovered(venue, symbol, null));
    return SteadyStateProbes.during(status, tally, now);
  }

  private boolean isCovered(Venue venue, Symbol symbol, @Nullable String butBy) {
    ChaosState known = state;
    return known != null
        && known.experiments().stream()
            .filter(each -> each.state() != ExperimentState.PENDING && !each.id().equals(butBy))
            .anyMatch(each -> radii.apply(each).covers(venue, symbol));
  }

  private void apply(Experiment experiment) throws InterruptedException {
    record(new ApplyFault(experiment.id(), clock.instant()));
    mark();
    armed.add(experiment.id());
    port.arm(experiment.plan());
    metrics.applied(experiment.plan().type());
  }

  private void end(Experiment experiment, RevertCause cause) {
    String id = experiment.id();
    switch (experiment.state()) {
      case PENDING ->
          finish(id, Verdicts.inconclusive("ended before its fault was applied: " + cause));
      case RUNNING -> {
        off(id);
        record(new RevertFault(id, cause, hits.get(id), clock.instant()));
      }
      case REVERTING, FINISHED, REFUSED -> {}
    }
  }

  private void off(String id) {
    if (armed.remove(id)) {
      hits.merge(id, port.disarm(id), Long::sum);
    }
  }

  private void finish(String id, Verdicts verdict) {
    record(new FinishExperiment(id, verdict.verdict(), verdict.detail(), clock.instant()));
    hits.remove(id);
    tallies.remove(id);
    recorded.remove(id);
  }

  private ChaosEvent record(ChaosCommand command) {
    try {
      ChaosEvent event = chaosLog.record(command);
      ChaosState before = state;
      state = (before == null ? ChaosState.EMPTY : before).after(event);
      return event;
    } catch (WrongChaosState refused) {
      throw refused;
    } catch (RuntimeException unknown) {
      uncertain = true; // It may be in the log all the same.
      throw unknown;
    }
  }

  /** Tells the engine which experiments are active, if that has changed. */
  private void mark() throws InterruptedException {
    ChaosState known = state;
    if (known == null || known.active().equals(marked)) {
      return;
    }
    List<ActiveExperiment> active = known.active();
    CompletableFuture<Void> told = new CompletableFuture<>();
    engine.send(new MarkExperiments(active, told));
    try {
      told.get(ENGINE_ANSWERS_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
      marked = active;
    } catch (ExecutionException | TimeoutException again) {
      log.debug("the engine does not know yet which experiments are active", again);
    }
  }

  private @Nullable EngineStatus status() throws InterruptedException {
    CompletableFuture<EngineStatus> status = new CompletableFuture<>();
    engine.send(new ReadStatus(status));
    try {
      return status.get(ENGINE_ANSWERS_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException silent) {
      return null;
    }
  }

  private final class Here implements Desk {
    @Override
    public ChaosState state() {
      ChaosState known = state;
      if (known == null) {
        throw new EngineUnavailable.NotLeaseHolder();
      }
      return known;
    }

    @Override
    public ChaosEvent record(ChaosCommand command) {
      return ChaosRunner.this.record(command);
    }

    @Override
    public void stop(String experimentId, RevertCause cause) {
      state().find(experimentId).ifPresent(experiment -> end(experiment, cause));
    }

    @Override
    public void allOff() {
      List.copyOf(armed).forEach(ChaosRunner.this::off);
    }
  }

  /** Ends the thread; every fault is off when this returns, what is recorded follows at a start. */
  @Override
  public void close() {
    closing = true;
    try {
      thread.join();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
