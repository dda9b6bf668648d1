package dev.papertape.command.alpha;

import dev.papertape.command.OperatorCommands;
import dev.papertape.command.engine.EngineCalls;
import dev.papertape.command.engine.Listings;
import dev.papertape.contracts.alpha.AlphaCommand;
import dev.papertape.contracts.alpha.AlphaCommand.ChangeAlpha;
import dev.papertape.contracts.alpha.AlphaCommand.PauseAlpha;
import dev.papertape.contracts.alpha.AlphaCommand.RegisterAlpha;
import dev.papertape.contracts.alpha.AlphaCommand.ResumeAlpha;
import dev.papertape.contracts.alpha.AlphaRoster;
import dev.papertape.contracts.alpha.AlphaSpec;
import dev.papertape.contracts.alpha.AlphaStage;
import dev.papertape.eventstore.append.Appended;
import dev.papertape.eventstore.axon.OriginMetadata;
import dev.papertape.eventstore.web.CommandReply;
import dev.papertape.eventstore.web.IdempotentCommand;
import dev.papertape.eventstore.web.JsonBody;
import dev.papertape.eventstore.web.Positioned;
import dev.papertape.eventstore.web.Problem;
import dev.papertape.eventstore.web.ProblemException;
import java.time.Instant;
import java.util.Map;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.modelling.command.AggregateNotFoundException;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * {@code POST /api/alphas} registers one, {@code PATCH /api/alphas/{id}} changes parameters and
 * weight, {@code POST /api/alphas/{id}/{pause|resume} {reason}} stops and starts it. The engine
 * follows the log.
 */
@RestController
class AlphaController {
  private static final Map<String, String> OPERATOR = Map.of(OriginMetadata.ACTOR, "operator");

  private final OperatorCommands commands;
  private final AlphaRegistry registry;
  private final AlphaCatalogue catalogue;
  private final EngineCalls engine;
  private final Listings listings;

  AlphaController(
      OperatorCommands commands,
      AlphaRegistry registry,
      AlphaCatalogue catalogue,
      EngineCalls engine,
      Listings listings) {
    this.commands = commands;
    this.registry = registry;
    this.catalogue = catalogue;
    this.engine = engine;
    this.listings = listings;
  }

  @PostMapping("/api/alphas")
  ResponseEntity<Object> register(JsonBody body, IdempotentCommand command) {
    engine.requireListings(listings);
    RegisterAlpha register =
        body.read(
            members -> AlphaBodies.registration(members, catalogue),
            AlphaBodies.registrationRule(catalogue, listings.finestSteps().keySet()));
    return send(body, command, 201, register);
  }

  @PatchMapping("/api/alphas/{id}")
  ResponseEntity<Object> change(@PathVariable String id, JsonBody body, IdempotentCommand command) {
    AlphaSpec spec = registered(registry.now(), id, body);
    ChangeAlpha change =
        body.read(
            members -> AlphaBodies.change(members, id), AlphaBodies.changeRule(catalogue, spec));
    if (spec.populationId() != null && !change.params().isEmpty()) {
      throw Problem.wrongState(
              "the population "
                  + spec.populationId()
                  + " sets this alpha's parameters; only its weight can be changed",
              AlphaDecider.allowedActions(spec))
          .asException();
    }
    return send(body, command, 200, change);
  }

  @PostMapping("/api/alphas/{id}/pause")
  ResponseEntity<Object> pause(@PathVariable String id, JsonBody body, IdempotentCommand command) {
    String reason = body.read(members -> members.text("reason"));
    registered(registry.now(), id);
    return send(body, command, 200, new PauseAlpha(id, reason));
  }

  @PostMapping("/api/alphas/{id}/resume")
  ResponseEntity<Object> resume(@PathVariable String id, JsonBody body, IdempotentCommand command) {
    String reason = body.read(members -> members.text("reason"));
    registered(registry.now(), id);
    return send(body, command, 200, new ResumeAlpha(id, reason));
  }

  private ResponseEntity<Object> send(
      JsonBody body, IdempotentCommand command, int status, AlphaCommand decided) {
    return command.once(
        body,
        claims -> {
          refuseRetired(decided.alphaId());
          try {
            Appended appended =
                commands.send(
                    claims.claim(decided.aggregateId()),
                    GenericCommandMessage.asCommandMessage(decided).withMetaData(OPERATOR));
            return reply(status, decided.alphaId(), appended.recordedAt(), appended.last());
          } catch (AggregateNotFoundException | UnknownAlpha gone) {
            throw unknown(registry.now(), decided.alphaId());
          } catch (WrongAlphaState wrong) {
            throw Problem.wrongState(String.valueOf(wrong.getMessage()), wrong.allowedActions())
                .asException();
          }
        },
        claimed -> reply(status, decided.alphaId(), claimed.recordedAt(), claimed.position()));
  }

  /** Its stages are another aggregate's, so its own does not know that it is over. */
  private void refuseRetired(String alphaId) {
    registry
        .now()
        .find(alphaId)
        .filter(spec -> spec.stage() == AlphaStage.RETIRED)
        .ifPresent(
            spec -> {
              throw Problem.wrongState(
                      "the alpha is retired for good", AlphaDecider.allowedActions(spec))
                  .asException();
            });
  }

  private CommandReply reply(int status, String alphaId, Instant asOf, long position) {
    AlphaView view = AlphaView.of(registered(registry.now(), alphaId));
    return new CommandReply(status, position, new Positioned<>(view, asOf, position));
  }

  /** The alpha, if the log knows it; else 404 with those that it knows. */
  static AlphaSpec registered(AlphaRoster roster, String alphaId) {
    return roster
        .find(alphaId)
        .filter(spec -> roster.isRegistered(alphaId))
        .orElseThrow(() -> unknown(roster, alphaId));
  }

  /** The same; what is wrong with the body comes before who is unknown. */
  static AlphaSpec registered(AlphaRoster roster, String alphaId, JsonBody body) {
    if (!roster.isRegistered(alphaId)) {
      body.read(_ -> true);
    }
    return registered(roster, alphaId);
  }

  private static ProblemException unknown(AlphaRoster roster, String alphaId) {
    return Problem.unknown("alpha", alphaId, roster.registeredIds()).asException();
  }
}
