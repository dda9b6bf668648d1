package dev.papertape.contracts.alpha;

import dev.papertape.contracts.AggregateCommand;
import dev.papertape.contracts.market.Symbol;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What may be asked of one alpha's place in the registry. Its stages are the promotion's matter.
 */
public sealed interface AlphaCommand extends AggregateCommand {
  /** What its aggregate's identifier, and its stream's name, begins with. */
  String PREFIX = "alpha:";

  /** {@link RegisterAlpha#by} of what the configuration names. */
  String CONFIGURATION = "configuration";

  String alphaId();

  @Override
  default String aggregateId() {
    return PREFIX + alphaId();
  }

  /**
   * Puts an alpha on the registry. One that the configuration names is registered once and never
   * again; anybody else's must be new.
   *
   * @param by {@link #CONFIGURATION} or who asked
   */
  record RegisterAlpha(
      String alphaId,
      String name,
      AlphaKind kind,
      SortedMap<String, Double> params,
      List<Symbol> symbols,
      List<String> features,
      double weight,
      AlphaStage stage,
      String by)
      implements AlphaCommand {
    public RegisterAlpha {
      params = new TreeMap<>(params);
      symbols = List.copyOf(symbols);
      features = List.copyOf(features);
    }
  }

  /**
   * Other parameters, another weight, or both; whoever sends it has held them against the kind's
   * bounds.
   *
   * @param params those that change; the others stay
   * @param weight null to leave it
   * @param populationId the population that sets its parameters from now on, null to leave it
   */
  record ChangeAlpha(
      String alphaId,
      SortedMap<String, Double> params,
      @Nullable Double weight,
      @Nullable String populationId,
      String reason)
      implements AlphaCommand {
    public ChangeAlpha {
      params = new TreeMap<>(params);
    }
  }

  /** Asks it for signals no more. */
  record PauseAlpha(String alphaId, String reason) implements AlphaCommand {}

  /** Asks it again, after a pause or a bench. */
  record ResumeAlpha(String alphaId, String reason) implements AlphaCommand {}
}
