package dev.papertape.command.population;

import dev.papertape.command.OperatorCommands;
import dev.papertape.command.PapertapeProperties;
import dev.papertape.contracts.alpha.AlphaSpec;
import dev.papertape.contracts.population.Population;
import dev.papertape.contracts.population.PopulationAction;
import dev.papertape.contracts.population.PopulationCommand;
import dev.papertape.contracts.population.PopulationCommand.CreatePopulation;
import dev.papertape.contracts.population.PopulationCommand.StartPopulation;
import dev.papertape.contracts.population.PopulationCommand.StopPopulation;
import dev.papertape.contracts.population.PopulationSpec;
import dev.papertape.contracts.population.PopulationState;
import dev.papertape.eventstore.append.Appended;
import dev.papertape.eventstore.axon.OriginMetadata;
import dev.papertape.eventstore.web.CommandReply;
import dev.papertape.eventstore.web.IdempotentCommand;
import dev.papertape.eventstore.web.JsonBody;
import dev.papertape.eventstore.web.Positioned;
import dev.papertape.eventstore.web.Problem;
import dev.papertape.eventstore.web.ProblemException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * {@code POST /api/pbt/populations} begins a population; {@code POST
 * /api/pbt/populations/{id}/{start|stop} {reason}} lets it go on or not. Every process takes them:
 * the engine follows the log.
 */
@RestController
class PopulationController {
  private static final Map<String, String> OPERATOR = Map.of(OriginMetadata.ACTOR, "operator");

  private final OperatorCommands commands;
  private final PopulationDesk populations;
  private final TrainedAlphas alphas;
  private final long seed;

  PopulationController(
      OperatorCommands commands,
      PopulationDesk populations,
      TrainedAlphas alphas,
      PapertapeProperties properties) {
    this.commands = commands;
    this.populations = populations;
    this.alphas = alphas;
    this.seed = properties.seed() & PopulationConfiguration.EXACT;
  }

  /** Where a population stands after the command. */
  record PopulationView(
      String populationId,
      String alphaId,
      PopulationState state,
      long generation,
      int members,
      long intervalMs,
      double quantile,
      double resampleProbability,
      long seed,
      boolean applyBest,
      long trials,
      List<PopulationAction> allowedActions) {
    static PopulationView of(Population population) {
      PopulationSpec spec = population.spec();
      return new PopulationView(
          spec.populationId(),
          spec.alphaId(),
          population.state(),
          population.generation(),
          spec.members(),
          spec.intervalMs(),
          spec.quantile(),
          spec.resampleProbability(),
          spec.seed(),
          spec.applyBest(),
          population.trials(),
          PopulationAction.allowed(population.state()));
    }
  }

  @PostMapping("/api/pbt/populations")
  ResponseEntity<Object> create(JsonBody body, IdempotentCommand command) {
    PopulationRequest request =
        body.read(
            PopulationRequest::read,
            (members, violations) -> PopulationRequest.check(members, violations, alphas::find));
    AlphaSpec alpha =
        alphas
            .find(request.alphaId())
            .orElseThrow(
                () -> Problem.unknown("alpha", request.alphaId(), alphas.known()).asException());
    return command.once(
        body,
        claims -> {
          List<Population> others = populations.all();
          PopulationSpec spec = request.spec(id(request, others), alpha, seed);
          refuseSecondTrainer(spec, others);
          populations.enlist(spec.populationId());
          return decided(201, claims, new CreatePopulation(spec, alpha.params(), request.reason()));
        },
        claimed -> reply(201, claimed.subject(), claimed.recordedAt(), claimed.position()));
  }

  @PostMapping("/api/pbt/populations/{id}/start")
  ResponseEntity<Object> start(@PathVariable String id, JsonBody body, IdempotentCommand command) {
    return reasoned(
        id,
        body,
        command,
        reason -> {
          List<Population> all = populations.all();
          all.stream()
              .filter(each -> each.populationId().equals(id))
              .forEach(each -> refuseSecondTrainer(each.spec(), all));
          return new StartPopulation(id, reason);
        });
  }

  @PostMapping("/api/pbt/populations/{id}/stop")
  ResponseEntity<Object> stop(@PathVariable String id, JsonBody body, IdempotentCommand command) {
    return reasoned(id, body, command, reason -> new StopPopulation(id, reason));
  }

  private ResponseEntity<Object> reasoned(
      String id, JsonBody body, IdempotentCommand command, Function<String, PopulationCommand> of) {
    String reason = body.read(members -> members.text("reason"));
    return command.once(
        body,
        claims -> decided(200, claims, of.apply(reason)),
        claimed -> reply(200, id, claimed.recordedAt(), claimed.position()));
  }

  private CommandReply decided(
      int status, IdempotentCommand.Claims claims, PopulationCommand wanted) {
    try {
      Appended appended =
          commands.send(
              claims.claim(wanted.populationId()),
              GenericCommandMessage.asCommandMessage(wanted).withMetaData(OPERATOR));
      return reply(status, wanted.populationId(), appended.recordedAt(), appended.last());
    } catch (UnknownPopulation _) {
      throw Problem.unknown(
              "population",
              wanted.populationId(),
              populations.all().stream().map(Population::populationId).toList())
          .asException();
    } catch (WrongPopulationState wrong) {
      throw wrongState(String.valueOf(wrong.getMessage()), wrong.allowedActions());
    }
  }

  /** As it stands once the command is decided: a generation may have ended since. */
  private CommandReply reply(int status, String populationId, Instant asOf, long position) {
    PopulationView view = PopulationView.of(populations.inspect(populationId));
    return new CommandReply(status, position, new Positioned<>(view, asOf, position));
  }

  /** Two would overwrite each other's parameters in turn. */
  private static void refuseSecondTrainer(PopulationSpec spec, List<Population> all) {
    all.stream()
        .filter(other -> spec.applyBest() && other.spec().applyBest() && other.isRunning())
        .filter(other -> other.spec().alphaId().equals(spec.alphaId()))
        .filter(other -> !other.populationId().equals(spec.populationId()))
        .findFirst()
        .ifPresent(
            other -> {
              throw wrongState(
                  "population %s trains alpha %s already: stop it, or ask without applyBest"
                      .formatted(other.populationId(), spec.alphaId()),
                  List.of());
            });
  }

  private static ProblemException wrongState(String detail, List<PopulationAction> allowed) {
    return Problem.wrongState(detail, allowed.stream().map(PopulationAction::name).toList())
        .asException();
  }

  /** A name that nobody chose is the alpha's with the next free number. */
  private static String id(PopulationRequest request, List<Population> others) {
    String asked = request.populationId();
    if (asked != null) {
      return asked;
    }
    List<String> taken = others.stream().map(Population::populationId).toList();
    int number = others.size() + 1;
    while (taken.contains(request.alphaId() + "-" + number)) {
      number++;
    }
    return request.alphaId() + "-" + number;
  }
}
