package dev.papertape.command.deploy;

import dev.papertape.command.OperatorCommands;
import dev.papertape.command.deploy.rollout.Deployment;
import dev.papertape.command.deploy.rollout.Rollout;
import dev.papertape.command.deploy.rollout.UnknownRollout;
import dev.papertape.command.deploy.rollout.WrongRolloutState;
import dev.papertape.command.engine.EngineSettings;
import dev.papertape.contracts.deploy.DeployCommand;
import dev.papertape.contracts.deploy.DeployCommand.AbortRollout;
import dev.papertape.contracts.deploy.DeployCommand.PauseRollout;
import dev.papertape.contracts.deploy.DeployCommand.PromoteRollout;
import dev.papertape.contracts.deploy.DeployCommand.RegisterCandidate;
import dev.papertape.contracts.deploy.DeployCommand.ResumeRollout;
import dev.papertape.contracts.deploy.PolicyBundle;
import dev.papertape.contracts.deploy.RolloutAction;
import dev.papertape.contracts.deploy.Stage;
import dev.papertape.eventstore.append.Appended;
import dev.papertape.eventstore.axon.OriginMetadata;
import dev.papertape.eventstore.web.CommandReply;
import dev.papertape.eventstore.web.IdempotentCommand;
import dev.papertape.eventstore.web.JsonBody;
import dev.papertape.eventstore.web.Positioned;
import dev.papertape.eventstore.web.Problem;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * {@code POST /api/deploy/candidates} begins a rollout; {@code POST
 * /api/deploy/{rolloutId}/{pause|resume|abort|promote} {reason}} is an operator's word on it. Every
 * process takes them: the engine follows the log.
 */
@RestController
class DeployController {
  private static final Map<String, String> OPERATOR = Map.of(OriginMetadata.ACTOR, "operator");

  private final OperatorCommands commands;
  private final DeploymentReadings readings;
  private final PolicyBundle configured;

  DeployController(
      OperatorCommands commands, DeploymentReadings readings, EngineSettings settings) {
    this.commands = commands;
    this.readings = readings;
    this.configured = settings.baseline().bundle();
  }

  /**
   * Where the rollout stands after the command.
   *
   * @param baseline the release that it is held against
   * @param active the active release
   * @param pace name of the policy by which it goes
   */
  record RolloutView(
      String rolloutId,
      String release,
      String baseline,
      String active,
      Stage stage,
      int trafficPercent,
      String pace,
      List<RolloutAction> allowedActions) {}

  @PostMapping("/api/deploy/candidates")
  ResponseEntity<Object> register(JsonBody body, IdempotentCommand command) {
    PolicyBundle active = readings.now().active(configured);
    CandidateBody candidate = body.read(CandidateBody::read, CandidateBody.rule(active));
    RegisterCandidate register =
        new RegisterCandidate(
            "ro-" + UUID.randomUUID(),
            candidate.release(),
            candidate.change(),
            candidate.policy(),
            configured);
    return send(body, command, 201, () -> register);
  }

  @PostMapping("/api/deploy/{rolloutId}/pause")
  ResponseEntity<Object> pause(
      @PathVariable String rolloutId, JsonBody body, IdempotentCommand command) {
    return reasoned(body, command, reason -> new PauseRollout(rolloutId, reason));
  }

  @PostMapping("/api/deploy/{rolloutId}/resume")
  ResponseEntity<Object> resume(
      @PathVariable String rolloutId, JsonBody body, IdempotentCommand command) {
    return reasoned(body, command, reason -> new ResumeRollout(rolloutId, reason));
  }

  @PostMapping("/api/deploy/{rolloutId}/abort")
  ResponseEntity<Object> abort(
      @PathVariable String rolloutId, JsonBody body, IdempotentCommand command) {
    return reasoned(body, command, reason -> new AbortRollout(rolloutId, reason));
  }

  @PostMapping("/api/deploy/{rolloutId}/promote")
  ResponseEntity<Object> promote(
      @PathVariable String rolloutId, JsonBody body, IdempotentCommand command) {
    return reasoned(
        body, command, reason -> new PromoteRollout(rolloutId, reason, readings.newest(rolloutId)));
  }

  private ResponseEntity<Object> reasoned(
      JsonBody body, IdempotentCommand command, Function<String, DeployCommand> of) {
    String reason = body.read(members -> members.text("reason"));
    return send(body, command, 200, () -> of.apply(reason));
  }

  private ResponseEntity<Object> send(
      JsonBody body, IdempotentCommand command, int status, Supplier<DeployCommand> wanted) {
    return command.once(
        body,
        claims -> {
          DeployCommand decided = wanted.get();
          try {
            Appended appended =
                commands.send(
                    claims.claim(DeployCommand.ID),
                    GenericCommandMessage.asCommandMessage(decided).withMetaData(OPERATOR));
            return reply(status, appended.recordedAt(), appended.last());
          } catch (UnknownRollout unknown) {
            throw Problem.unknown("rollout", decided.rolloutId(), unknown.known()).asException();
          } catch (WrongRolloutState wrong) {
            throw Problem.wrongState(
                    String.valueOf(wrong.getMessage()),
                    wrong.allowedActions().stream().map(RolloutAction::name).toList())
                .asException();
          }
        },
        claimed -> reply(status, claimed.recordedAt(), claimed.position()));
  }

  private CommandReply reply(int status, Instant asOf, long position) {
    Deployment deployment = readings.at(position);
    Rollout rollout = deployment.rollout();
    if (rollout == null) {
      throw new IllegalStateException("a command of a rollout left none");
    }
    RolloutView view =
        new RolloutView(
            rollout.rolloutId(),
            rollout.candidate().release(),
            rollout.baseline().release(),
            deployment.active(rollout.baseline()).release(),
            rollout.stage(),
            rollout.trafficPercent(),
            rollout.policy().name(),
            deployment.allowedActions());
    return new CommandReply(status, position, new Positioned<>(view, asOf, position));
  }
}
