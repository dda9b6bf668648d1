package dev.papertape.command.features;

import dev.papertape.command.OperatorCommands;
import dev.papertape.command.engine.EngineCalls;
import dev.papertape.command.features.parity.ParityRuns;
import dev.papertape.contracts.features.FeatureEvent.ParityChecked;
import dev.papertape.contracts.features.PutFeature;
import dev.papertape.contracts.features.RunParity;
import dev.papertape.contracts.market.Symbol;
import dev.papertape.eventstore.append.Appended;
import dev.papertape.eventstore.append.IdempotencyClaim;
import dev.papertape.eventstore.web.CommandReply;
import dev.papertape.eventstore.web.IdempotentCommand;
import dev.papertape.eventstore.web.JsonBody;
import dev.papertape.eventstore.web.Positioned;
import dev.papertape.eventstore.web.Problem;
import dev.papertape.eventstore.web.ProblemKind;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code PUT /api/features/{symbol}/{name}}, {@code POST /api/features/parity/run}. */
@RestController
class FeatureController {
  private static final String ACTOR = "api";
  private static final String PARITY = "feature-parity";

  private final CommandGateway commands;
  private final OperatorCommands operator;
  private final EngineCalls engine;
  private final ParityRuns runs;
  private final Clock clock;

  FeatureController(
      CommandGateway commands,
      OperatorCommands operator,
      EngineCalls engine,
      ParityRuns runs,
      Clock clock) {
    this.commands = commands;
    this.operator = operator;
    this.engine = engine;
    this.runs = runs;
    this.clock = clock;
  }

  /**
   * What was put.
   *
   * @param availableAt since when it is known
   */
  record PutView(
      Symbol symbol, String name, Instant eventTime, double value, Instant availableAt) {}

  @PutMapping("/api/features/{symbol}/{name}")
  ResponseEntity<Object> put(
      @PathVariable String symbol,
      @PathVariable String name,
      JsonBody body,
      IdempotentCommand command) {
    PutFeature put = FeatureRequest.read(symbol, name, body, clock.instant());
    return command.once(
        body,
        claims -> {
          Appended appended = operator.send(claims.claim(put.aggregateId()), put);
          return reply(put, appended.recordedAt(), appended.last());
        },
        claimed -> reply(put, claimed.recordedAt(), claimed.position()));
  }

  private static CommandReply reply(PutFeature put, Instant recordedAt, long position) {
    PutView view = new PutView(put.symbol(), put.name(), put.eventTime(), put.value(), recordedAt);
    return new CommandReply(200, position, new Positioned<>(view, recordedAt, position));
  }

  /** Compares now and replies with what was found. */
  @PostMapping("/api/features/parity/run")
  ResponseEntity<Object> run(IdempotentCommand command) {
    engine.requireHolder();
    return command.once(
        JsonBody.none(),
        claims -> reply(run(claims.claim(PARITY))),
        claimed -> reply(runs.at(claimed.position())));
  }

  private RunParity.Ran run(@Nullable IdempotencyClaim claim) {
    try {
      return engine.translating(
          () ->
              commands.<RunParity.Ran>sendAndWait(
                  new RunParity(
                      ACTOR,
                      claim == null ? null : claim.key(),
                      claim == null ? null : claim.bodyHash())));
    } catch (ParityRuns.Busy busy) {
      throw Problem.retryLater(ProblemKind.UNAVAILABLE, busy.getMessage(), Duration.ofSeconds(5))
          .asException();
    }
  }

  private static CommandReply reply(RunParity.Ran ran) {
    ParityChecked result = ran.result();
    return new CommandReply(
        200, ran.position(), new Positioned<>(result, ran.recordedAt(), ran.position()));
  }
}
