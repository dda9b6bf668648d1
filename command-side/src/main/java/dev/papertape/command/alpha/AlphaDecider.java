package dev.papertape.command.alpha;

import dev.papertape.contracts.alpha.AlphaAction;
import dev.papertape.contracts.alpha.AlphaCommand;
import dev.papertape.contracts.alpha.AlphaCommand.ChangeAlpha;
import dev.papertape.contracts.alpha.AlphaCommand.PauseAlpha;
import dev.papertape.contracts.alpha.AlphaCommand.RegisterAlpha;
import dev.papertape.contracts.alpha.AlphaCommand.ResumeAlpha;
import dev.papertape.contracts.alpha.AlphaEvent.AlphaChanged;
import dev.papertape.contracts.alpha.AlphaEvent.AlphaPaused;
import dev.papertape.contracts.alpha.AlphaEvent.AlphaRegistered;
import dev.papertape.contracts.alpha.AlphaEvent.AlphaResumed;
import dev.papertape.contracts.alpha.AlphaEvent.RegistryEvent;
import dev.papertape.contracts.alpha.AlphaRoster;
import dev.papertape.contracts.alpha.AlphaSpec;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The registry's rules for one alpha: registered once, paused and resumed, benched by the engine.
 */
public final class AlphaDecider {
  private AlphaDecider() {}

  /**
   * @param roster of its own events
   * @return nothing if the configuration registers what the log knows already
   * @throws WrongAlphaState if the state does not allow it
   * @throws UnknownAlpha if it was never registered
   */
  public static List<RegistryEvent> decide(AlphaRoster roster, AlphaCommand command) {
    if (command instanceof RegisterAlpha register) {
      return register(roster, register);
    }
    if (!roster.isRegistered(command.alphaId())) {
      throw new UnknownAlpha(command.alphaId());
    }
    AlphaSpec spec = roster.find(command.alphaId()).orElseThrow();
    return switch (command) {
      case RegisterAlpha again -> register(roster, again);
      case ChangeAlpha change -> List.of(changed(spec, change));
      case PauseAlpha(String id, String reason) -> {
        if (spec.paused()) {
          throw new WrongAlphaState(spec, "the alpha is paused already");
        }
        yield List.of(new AlphaPaused(id, reason));
      }
      case ResumeAlpha(String id, String reason) -> {
        if (!spec.paused() && spec.benchedReason() == null) {
          throw new WrongAlphaState(spec, "the alpha is neither paused nor benched");
        }
        yield List.of(new AlphaResumed(id, reason));
      }
    };
  }

  private static List<RegistryEvent> register(AlphaRoster roster, RegisterAlpha register) {
    if (roster.isRegistered(register.alphaId())) {
      if (register.by().equals(AlphaCommand.CONFIGURATION)) {
        return List.of();
      }
      throw new WrongAlphaState(
          roster.find(register.alphaId()).orElseThrow(), "the alpha is registered already");
    }
    return List.of(
        new AlphaRegistered(
            register.alphaId(),
            register.name(),
            register.kind(),
            register.params(),
            register.symbols(),
            register.features(),
            register.weight(),
            register.stage(),
            null,
            register.by()));
  }

  private static AlphaChanged changed(AlphaSpec spec, ChangeAlpha change) {
    SortedMap<String, Double> params = new TreeMap<>(spec.params());
    params.putAll(change.params());
    Double weight = change.weight();
    String population = change.populationId();
    return new AlphaChanged(
        spec.alphaId(),
        params,
        weight == null ? spec.weight() : weight,
        population == null ? spec.populationId() : population,
        change.reason());
  }

  /** What may be asked for in this state, as problems name it. */
  public static List<String> allowedActions(AlphaSpec spec) {
    return AlphaAction.allowed(spec).stream().map(AlphaAction::name).toList();
  }
}
