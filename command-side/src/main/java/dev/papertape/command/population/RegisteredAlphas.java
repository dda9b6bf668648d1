package dev.papertape.command.population;

import dev.papertape.command.ConflictRetry;
import dev.papertape.command.alpha.AlphaRegistry;
import dev.papertape.contracts.alpha.AlphaCommand.ChangeAlpha;
import dev.papertape.contracts.alpha.AlphaSpec;
import dev.papertape.contracts.alpha.AlphaStage;
import dev.papertape.eventstore.axon.OriginMetadata;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The alphas of the registry. */
@Component
class RegisteredAlphas implements TrainedAlphas {
  private final AlphaRegistry registry;
  private final CommandGateway commands;
  private final ConflictRetry retry;

  RegisteredAlphas(AlphaRegistry registry, CommandGateway commands, ConflictRetry retry) {
    this.registry = registry;
    this.commands = commands;
    this.retry = retry;
  }

  @Override
  public Optional<AlphaSpec> find(String alphaId) {
    return registry.now().find(alphaId);
  }

  @Override
  public List<String> known() {
    return registry.now().specs().stream().map(AlphaSpec::alphaId).toList();
  }

  /** What the alpha has already is not written again. */
  @Override
  public @Nullable String train(
      String alphaId, SortedMap<String, Double> params, String populationId, String reason) {
    AlphaSpec alpha = find(alphaId).orElse(null);
    if (alpha == null) {
      return "there is no alpha " + alphaId;
    }
    if (alpha.stage() == AlphaStage.RETIRED) {
      return "the alpha is retired";
    }
    boolean hasThem =
        alpha.params().entrySet().containsAll(params.entrySet())
            && populationId.equals(alpha.populationId());
    if (!hasThem) {
      ChangeAlpha change = new ChangeAlpha(alphaId, params, null, populationId, reason);
      retry.call(
          () -> {
            commands.<Object>sendAndWait(
                GenericCommandMessage.asCommandMessage(change)
                    .withMetaData(Map.of(OriginMetadata.ACTOR, "population:" + populationId)));
            return change;
          });
    }
    return null;
  }
}
