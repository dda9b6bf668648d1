package dev.papertape.command.chaos;

import dev.papertape.command.CommandSideConfiguration.EventReader;
import dev.papertape.command.VenueCatalogue;
import dev.papertape.command.engine.EngineCalls;
import dev.papertape.contracts.chaos.ChaosCommand;
import dev.papertape.contracts.chaos.ChaosCommand.PullLever;
import dev.papertape.contracts.chaos.ChaosCommand.RefuseExperiment;
import dev.papertape.contracts.chaos.ChaosCommand.ReleaseLever;
import dev.papertape.contracts.chaos.ChaosCommand.StartExperiment;
import dev.papertape.contracts.chaos.ChaosEvent;
import dev.papertape.contracts.chaos.ChaosEvent.ExperimentEvent;
import dev.papertape.contracts.chaos.ChaosEvent.ExperimentStarted;
import dev.papertape.contracts.chaos.ChaosTarget;
import dev.papertape.contracts.chaos.ChaosType;
import dev.papertape.contracts.chaos.ExperimentState;
import dev.papertape.contracts.chaos.ExperimentStates;
import dev.papertape.contracts.chaos.RefusalReason;
import dev.papertape.contracts.chaos.RevertCause;
import dev.papertape.eventstore.append.AppendScope;
import dev.papertape.eventstore.append.Appended;
import dev.papertape.eventstore.append.IdempotencyClaim;
import dev.papertape.eventstore.log.EventLog;
import dev.papertape.eventstore.log.LoggedEvent;
import dev.papertape.eventstore.web.CommandReply;
import dev.papertape.eventstore.web.IdempotentCommand;
import dev.papertape.eventstore.web.JsonBody;
import dev.papertape.eventstore.web.Positioned;
import dev.papertape.eventstore.web.Problem;
import dev.papertape.eventstore.web.ProblemKind;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Fault experiments and their safety lever; in dev only, and where the engine is. */
@RestController
class ChaosController {
  private static final JsonBody NO_BODY = JsonBody.none();

  /** Seeds are JSON numbers: exact up to 2^53. */
  private static final long SEED_BITS = (1L << 53) - 1;

  private final ChaosRunner runner;
  private final ChaosLog chaosLog;
  private final ChaosMode mode;
  private final EngineCalls engine;
  private final EventLog events;
  private final EventReader reader;
  private final VenueCatalogue venues;
  private final AskedFirst askedFirst;
  private final InstantSource clock;

  ChaosController(
      ChaosRunner runner,
      ChaosLog chaosLog,
      ChaosMode mode,
      EngineCalls engine,
      EventLog events,
      EventReader reader,
      VenueCatalogue venues,
      AskedFirst askedFirst,
      InstantSource clock) {
    this.runner = runner;
    this.chaosLog = chaosLog;
    this.mode = mode;
    this.engine = engine;
    this.events = events;
    this.reader = reader;
    this.venues = venues;
    this.askedFirst = askedFirst;
    this.clock = clock;
  }

  /** An experiment as it was accepted or stopped. */
  record ExperimentReply(
      String experimentId,
      ChaosType type,
      ExperimentState state,
      ChaosTarget target,
      long seed,
      Instant startedAt,
      Instant endsAt,
      List<String> allowedActions) {}

  /** The lever as it is now. */
  record LeverReply(boolean pulled, String reason, List<String> allowedActions) {}

  @PostMapping("/api/chaos/inject")
  ResponseEntity<Object> inject(JsonBody body, IdempotentCommand command) {
    InjectRequest request =
        body.read(InjectRequest::of, InjectRequest.rule(venues.venues()))
            .against(() -> askedFirst.among(venues.venues()));
    String id = "x-" + UUID.randomUUID();
    long seed =
        request.seed() != null
            ? request.seed()
            : UUID.fromString(id.substring(2)).getLeastSignificantBits() & SEED_BITS;
    ChaosTarget target = deciding(() -> request.target(venues.venues(), seed));
    if (!mode.enabled()) {
      throw refused(
          new RefuseExperiment(
              id,
              request.type(),
              target,
              RefusalReason.NOT_DEV,
              request.reason(),
              clock.instant()));
    }
    if (mode.recorded()) {
      throw Problem.wrongState(
              "a recording is played: there is no transport to a venue to disturb", List.of())
          .asException();
    }
    return command.once(
        body,
        claims ->
            onDesk(
                claims.claim(id),
                desk ->
                    desk.record(
                        new StartExperiment(
                            id,
                            request.type(),
                            target,
                            seed,
                            request.intensity(),
                            request.durationMs(),
                            request.reason(),
                            clock.instant())),
                202),
        claimed -> reply(202, claimed.position()));
  }

  private RuntimeException refused(RefuseExperiment refusal) {
    AppendScope.plain().call(() -> chaosLog.record(refusal));
    return forbidden();
  }

  private static RuntimeException forbidden() {
    return Problem.of(
            ProblemKind.FORBIDDEN,
            "faults are injected in dev only; start with --env dev or papertape.chaos.enabled")
        .asException();
  }

  @PostMapping("/api/chaos/{experimentId}/stop")
  ResponseEntity<Object> stop(@PathVariable String experimentId, IdempotentCommand command) {
    requireDev();
    return command.once(
        NO_BODY,
        claims -> onDesk(claims.claim(experimentId), desk -> stop(desk, experimentId), 200),
        claimed -> reply(200, claimed.position()));
  }

  private @Nullable ChaosEvent stop(ChaosDesk desk, String experimentId) {
    Optional<Experiment> open = desk.state().find(experimentId);
    if (open.isEmpty()) {
      throw over(experimentId, desk.state());
    }
    if (open.get().allowedActions().isEmpty()) {
      throw new WrongChaosState(
          "experiment " + experimentId + " is " + open.get().state() + " already", List.of());
    }
    desk.end(open.get(), RevertCause.STOPPED);
    return null;
  }

  private RuntimeException over(String experimentId, ChaosState state) {
    boolean known =
        events.stream(ChaosCommand.ID, 0).stream()
            .map(reader)
            .anyMatch(
                event ->
                    event instanceof ExperimentEvent one
                        && one.experimentId().equals(experimentId));
    return known
        ? new WrongChaosState("experiment " + experimentId + " is over", List.of())
        : Problem.unknown("open experiment", experimentId, state.open().keySet()).asException();
  }

  /** Everything off at once; what is recorded of it follows. */
  @PostMapping("/api/chaos/lever")
  ResponseEntity<Object> pull(JsonBody body, IdempotentCommand command) {
    requireDev();
    String reason = body.read(members -> members.text("reason"));
    return command.once(
        body,
        claims ->
            onDesk(
                claims.claim(ChaosCommand.ID),
                desk -> {
                  desk.allOff(RevertCause.LEVER);
                  desk.record(new PullLever(reason, clock.instant()));
                  List.copyOf(desk.state().experiments())
                      .forEach(each -> desk.end(each, RevertCause.LEVER));
                  return null;
                },
                appended -> leverReply(true, reason, appended.recordedAt(), appended.last())),
        claimed -> leverReply(true, reason, claimed.recordedAt(), claimed.position()));
  }

  @DeleteMapping("/api/chaos/lever")
  ResponseEntity<Object> release(JsonBody body, IdempotentCommand command) {
    requireDev();
    String reason = body.read(members -> members.text("reason"));
    return command.once(
        body,
        claims ->
            onDesk(
                claims.claim(ChaosCommand.ID),
                desk -> desk.record(new ReleaseLever(reason, clock.instant())),
                appended -> leverReply(false, reason, appended.recordedAt(), appended.last())),
        claimed -> leverReply(false, reason, claimed.recordedAt(), claimed.position()));
  }

  private void requireDev() {
    if (!mode.enabled()) {
      throw forbidden();
    }
  }

  private CommandReply onDesk(
      @Nullable IdempotencyClaim claim,
      Function<ChaosDesk, @Nullable ChaosEvent> work,
      int status) {
    return onDesk(claim, work, appended -> reply(status, appended.last()));
  }

  /** Runs on the desk's thread, where the append scope belongs. */
  private CommandReply onDesk(
      @Nullable IdempotencyClaim claim,
      Function<ChaosDesk, @Nullable ChaosEvent> work,
      Function<Appended, CommandReply> reply) {
    engine.requireHolder();
    AppendScope scope = AppendScope.claiming(claim);
    CompletableFuture<Appended> done =
        runner.ask(
            desk -> {
              scope.call(() -> work.apply(desk));
              return scope.lastAppended().orElseThrow();
            });
    return deciding(() -> reply.apply(engine.awaiting(done)));
  }

  private static <T> T deciding(java.util.function.Supplier<T> work) {
    try {
      return work.get();
    } catch (WrongChaosState wrong) {
      throw Problem.wrongState(
              Objects.requireNonNullElse(wrong.getMessage(), "not possible now"),
              wrong.allowedActions())
          .asException();
    }
  }

  private CommandReply reply(int status, long position) {
    LoggedEvent logged = events.at(position).orElseThrow();
    ExperimentEvent last = (ExperimentEvent) reader.apply(logged);
    ExperimentStarted plan = null;
    ExperimentState state = ExperimentState.PENDING;
    for (LoggedEvent each : events.stream(ChaosCommand.ID, 0)) {
      if (each.position() <= position
          && reader.apply(each) instanceof ExperimentEvent event
          && event.experimentId().equals(last.experimentId())) {
        plan = event instanceof ExperimentStarted started ? started : plan;
        state = ExperimentStates.after(state, event);
      }
    }
    ExperimentStarted begun = Objects.requireNonNull(plan);
    ExperimentReply view =
        new ExperimentReply(
            begun.experimentId(),
            begun.type(),
            state,
            begun.target(),
            begun.seed(),
            begun.startedAt(),
            begun.endsAt(),
            ExperimentStates.allowedActions(state));
    return new CommandReply(
        status, position, new Positioned<>(view, logged.recordedAt(), position));
  }

  private static CommandReply leverReply(
      boolean pulled, String reason, Instant asOf, long position) {
    return new CommandReply(
        200,
        position,
        new Positioned<>(
            new LeverReply(pulled, reason, ChaosDecider.leverActions(pulled)), asOf, position));
  }
}
