package dev.papertape.command.population;

import dev.papertape.command.features.FeatureReader;
import dev.papertape.contracts.market.Symbol;
import dev.papertape.contracts.population.Population;
import dev.papertape.contracts.population.PopulationCommand.EvolvePopulation;
import dev.papertape.contracts.population.PopulationEvent;
import dev.papertape.contracts.population.PopulationEvent.LineageEvent;
import dev.papertape.contracts.population.PopulationEvent.MembersScored;
import dev.papertape.contracts.regime.Regime;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * All populations of an engine, in the order of their ids. Owned by the engine's thread; the same
 * populations and samples give the same scores.
 */
public final class ShadowPopulations {
  private final ShadowMember.Alphas alphas;
  private final Duration interval;
  private final long life;
  private final SortedMap<String, ShadowPopulation> running = new TreeMap<>();
  private @Nullable PopulationRules inline;

  /**
   * @param interval between two samples
   * @param life of the engine
   */
  public ShadowPopulations(Duration interval, long life) {
    this(TrainableAlphas::of, interval, life);
  }

  ShadowPopulations(ShadowMember.Alphas alphas, Duration interval, long life) {
    this.alphas = alphas;
    this.interval = interval;
    this.life = life;
  }

  /**
   * Works with these from now on. A population that is new to this life goes on from its newest
   * scores.
   *
   * @param newest scores in the log, as far as there are any
   * @param rules end generations here and now, for a run over history; null where the aggregate
   *     ends them
   */
  public void use(
      List<Population> populations, List<MembersScored> newest, @Nullable PopulationRules rules) {
    inline = rules;
    Map<String, MembersScored> scores = new TreeMap<>();
    newest.forEach(each -> scores.put(each.populationId(), each));
    for (Population each : populations) {
      ShadowPopulation known = running.get(each.populationId());
      if (known == null) {
        running.put(
            each.populationId(),
            new ShadowPopulation(each, alphas, interval, scores.get(each.populationId())));
      } else {
        known.use(each);
      }
    }
  }

  /** As they are now. */
  public List<Population> populations() {
    return running.values().stream().map(ShadowPopulation::population).toList();
  }

  /**
   * Called at every tick with a mid, for each symbol.
   *
   * @param costs of a trade now; asked only for a sample
   * @param regime of the symbol, null while it is not known
   */
  public void sample(
      Symbol symbol,
      Instant feedTime,
      BigDecimal mid,
      Supplier<ShadowCosts> costs,
      FeatureReader features,
      @Nullable Regime regime) {
    for (ShadowPopulation each : running.values()) {
      each.sample(symbol, feedTime, mid, costs, features, regime);
    }
  }

  /** Called at every tick after the samples. */
  public void observe(Instant feedTime, Consumer<PopulationEvent> out) {
    for (ShadowPopulation each : running.values()) {
      MembersScored scores = each.observe(life, feedTime);
      if (scores != null) {
        out.accept(scores);
        PopulationRules rules = inline;
        if (rules != null) {
          evolve(each, rules, scores, out);
        }
      }
    }
  }

  /** Position 0: within a run nobody knows yet where the log will have it. */
  private static void evolve(
      ShadowPopulation each,
      PopulationRules rules,
      MembersScored scores,
      Consumer<PopulationEvent> out) {
    Population next = each.population();
    for (LineageEvent event :
        rules.decide(next, new EvolvePopulation(next.populationId(), scores, 0))) {
      out.accept(event);
      next = Population.after(next, event);
    }
    each.use(next);
  }
}
