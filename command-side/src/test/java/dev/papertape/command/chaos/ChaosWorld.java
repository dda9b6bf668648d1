package dev.papertape.command.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.papertape.command.VenueSettings;
import dev.papertape.command.chaos.ChaosResilienceTest.Deed;
import dev.papertape.command.chaos.fault.ArmedFault;
import dev.papertape.command.engine.EngineStatus;
import dev.papertape.command.engine.EngineStatus.FeedStatus;
import dev.papertape.command.market.WireProtocol;
import dev.papertape.contracts.chaos.ChaosCommand;
import dev.papertape.contracts.chaos.ChaosCommand.PullLever;
import dev.papertape.contracts.chaos.ChaosCommand.ReleaseLever;
import dev.papertape.contracts.chaos.ChaosEvent;
import dev.papertape.contracts.chaos.ChaosEvent.ExperimentEvent;
import dev.papertape.contracts.chaos.ChaosEvent.ExperimentFinished;
import dev.papertape.contracts.chaos.ChaosEvent.ExperimentStarted;
import dev.papertape.contracts.chaos.ChaosEvent.FaultApplied;
import dev.papertape.contracts.chaos.ChaosEvent.FaultReverted;
import dev.papertape.contracts.chaos.ChaosType;
import dev.papertape.contracts.chaos.ExperimentState;
import dev.papertape.contracts.chaos.RevertCause;
import dev.papertape.contracts.market.BookState;
import dev.papertape.contracts.market.Symbol;
import dev.papertape.contracts.market.Venue;
import dev.papertape.contracts.market.VenueFees;
import dev.papertape.contracts.market.VenueKind;
import dev.papertape.contracts.market.VenueLatency;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The real desk and rules over a log in memory that may fail before or after it wrote, a transport
 * that dies with its process, and a clock that only the test moves.
 */
final class ChaosWorld {
  private static final Symbol BTC = new Symbol("BTC-USDT");
  static final List<VenueSettings> VENUES = List.of(venue("ALTO"), venue("CIELO"));
  private static final int STEP_MS = 100;

  private final List<ChaosEvent> log = new ArrayList<>();
  private final Map<String, ArmedFault> transport = new HashMap<>();
  private Instant now = ChaosResilienceTest.AT;
  private final Set<String> toldToEnd = new HashSet<>();
  private boolean failsBefore;
  private boolean failsAfter;
  private boolean silent;
  private boolean shaky;
  private int ids;
  private List<ActiveExperiment> engineKnows = List.of();
  private @Nullable ChaosDesk desk;

  private static VenueSettings venue(String name) {
    return new VenueSettings(
        new Venue(name),
        VenueKind.SIMULATED,
        WireProtocol.BINANCE_SPOT,
        URI.create("http://127.0.0.1:1"),
        URI.create("ws://127.0.0.1:1"),
        List.of(BTC, new Symbol("ETH-USDT")),
        new VenueFees(1, 1),
        new VenueLatency(1, 1, 1));
  }

  void does(Deed deed) {
    switch (deed.kind()) {
      case INJECT -> trying(() -> inject(deed.number()));
      case TIME -> {
        for (int passed = 0; passed < deed.number(); passed += STEP_MS) {
          now = now.plusMillis(STEP_MS);
          step();
          check();
        }
      }
      case STOP ->
          trying(
              () ->
                  open().state().experiments().stream()
                      .findFirst()
                      .ifPresent(
                          each -> {
                            told(each);
                            open().end(each, RevertCause.STOPPED);
                          }));
      case PULL ->
          trying(
              () -> {
                open().allOff(RevertCause.LEVER);
                open().state().experiments().forEach(this::told);
                open().record(new PullLever("enough", now));
                List.copyOf(open().state().experiments())
                    .forEach(each -> open().end(each, RevertCause.LEVER));
              });
      case RELEASE -> trying(() -> open().record(new ReleaseLever("fine", now)));
      case KILL -> {
        desk = null;
        transport.clear();
        engineKnows = ChaosState.EMPTY.after(log).active(); // A new life folds the log.
        now = now.plusMillis(deed.number());
      }
      case LOG_FAILS -> failsBefore = true;
      case LOG_FORGETS_TO_ANSWER -> failsAfter = true;
      case ENGINE_SILENT -> silent = !silent;
      case SHAKY -> shaky = !shaky;
    }
    step();
  }

  /** Somebody ended it before its time: its window was not observed to its end. */
  private void told(Experiment experiment) {
    boolean open =
        experiment.state() == ExperimentState.PENDING
            || experiment.state() == ExperimentState.RUNNING;
    if (open && now.isBefore(experiment.plan().endsAt())) {
      toldToEnd.add(experiment.id());
    }
  }

  private void inject(int number) {
    ChaosType type = ChaosType.values()[number % ChaosType.values().length];
    InjectRequest request = new InjectRequest(type, null, null, null, 0, 1, null, null);
    open()
        .record(
            new ChaosCommand.StartExperiment(
                "x-" + ids++,
                type,
                request.target(VENUES, number),
                number,
                1,
                100 + number,
                null,
                now));
  }

  private void step() {
    trying(() -> open().step());
  }

  private void trying(Runnable deed) {
    try {
      deed.run();
    } catch (WrongChaosState | LogDown refused) {
      // It is tried again, or it was not possible.
    }
  }

  private ChaosDesk open() {
    ChaosDesk open = desk;
    if (open == null) {
      open =
          new ChaosDesk(
              new Log(), new Engine(), new Transport(), VENUES, () -> now, _ -> 0, _ -> {});
      desk = open;
    }
    return open;
  }

  /** Once the desk had its turn no fault is on past its deadline, nor one that the log has not. */
  void check() {
    ChaosState recorded = ChaosState.EMPTY.after(log);
    transport.forEach(
        (id, fault) -> {
          assertThat(now).as("%s is on after its deadline", id).isBefore(fault.plan().endsAt());
          assertThat(recorded.active())
              .as("%s is on, and recorded as applied", id)
              .anyMatch(each -> each.experimentId().equals(id));
        });
  }

  void comesToRest() {
    failsBefore = false;
    failsAfter = false;
    silent = false;
    shaky = false;
    for (int i = 0; i < 1_400; i++) {
      now = now.plusMillis(STEP_MS);
      step();
    }
  }

  void checkStories() {
    assertThat(transport).as("nothing is on").isEmpty();
    assertThat(engineKnows).as("the engine tags nothing any more").isEmpty();
    assertThat(ChaosState.EMPTY.after(log).open()).as("all are finished").isEmpty();
    log.stream()
        .filter(ExperimentStarted.class::isInstance)
        .map(ExperimentStarted.class::cast)
        .forEach(this::checkStory);
  }

  private void checkStory(ExperimentStarted started) {
    List<ExperimentEvent> story =
        log.stream()
            .filter(ExperimentEvent.class::isInstance)
            .map(ExperimentEvent.class::cast)
            .filter(event -> event.experimentId().equals(started.experimentId()))
            .toList();
    List<FaultApplied> applied = all(story, FaultApplied.class);
    assertThat(applied).hasSizeLessThanOrEqualTo(1);
    assertThat(applied).allMatch(each -> each.at().isBefore(started.endsAt()));
    assertThat(all(story, FaultReverted.class)).as("%s", story).hasSize(applied.size());
    assertThat(all(story, ExperimentFinished.class)).hasSize(1);
    if (toldToEnd.contains(started.experimentId())) {
      assertThat(all(story, FaultReverted.class))
          .as("ended before its deadline: %s", story)
          .noneMatch(each -> each.cause() == RevertCause.DEADLINE);
    }
    assertThat(story.getFirst()).isEqualTo(started);
    assertThat(story.getLast()).isInstanceOf(ExperimentFinished.class);
  }

  private static <E> List<E> all(List<ExperimentEvent> story, Class<E> type) {
    return story.stream().filter(type::isInstance).map(type::cast).toList();
  }

  private static final class LogDown extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  private final class Log implements ChaosDesk.Recorder {
    @Override
    public ChaosState fold() {
      return ChaosState.EMPTY.after(log);
    }

    @Override
    public ChaosEvent record(ChaosCommand command) {
      if (failsBefore) {
        failsBefore = false;
        throw new LogDown();
      }
      ChaosEvent event = ChaosDecider.decide(fold(), command);
      log.add(event);
      if (failsAfter) {
        failsAfter = false;
        throw new LogDown();
      }
      return event;
    }
  }

  private final class Engine implements ChaosDesk.Engine {
    @Override
    public @Nullable EngineStatus status() {
      BookState state = shaky ? BookState.RESYNCING : BookState.SYNCED;
      return silent
          ? null
          : new EngineStatus(1, now, 0, List.of(feed("ALTO", state), feed("CIELO", state)));
    }

    private FeedStatus feed(String venue, BookState state) {
      return new FeedStatus(new Venue(venue), BTC, state, now, 1, 0, 0, 100.0);
    }

    @Override
    public boolean mark(List<ActiveExperiment> active) {
      if (!silent) {
        engineKnows = active;
      }
      return !silent;
    }
  }

  private final class Transport implements FaultPort {
    @Override
    public void arm(ExperimentStarted plan) {
      transport.put(plan.experimentId(), new ArmedFault(plan));
    }

    @Override
    public long disarm(String experimentId) {
      ArmedFault fault = transport.remove(experimentId);
      return fault == null ? 0 : fault.hits();
    }

    @Override
    public void disarmAll() {
      transport.clear();
    }
  }
}
