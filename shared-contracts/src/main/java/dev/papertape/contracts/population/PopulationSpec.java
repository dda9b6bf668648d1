package dev.papertape.contracts.population;

import dev.papertape.contracts.alpha.AlphaKind;
import dev.papertape.contracts.market.Symbol;
import java.math.BigDecimal;
import java.util.List;

/**
 * How a population trains; fixed when it is created.
 *
 * @param populationId 1 to 64 characters of {@code [a-z0-9-]}
 * @param alphaId the alpha whose parameters it trains
 * @param kind of that alpha
 * @param symbols that its members trade in the shadow, empty for all
 * @param members how many there are, 2 to {@value #MOST_MEMBERS}
 * @param intervalMs feed time of a generation, in which its members were asked; a member is ready
 *     for selection only after it
 * @param quantile share of the members that is replaced, and of those that are copied, in (0, 0.5]
 * @param resampleProbability that an explored parameter is drawn anew instead of perturbed
 * @param seed of its founders, of ties and of exploration
 * @param minSamples one-second returns below which a member has no score
 * @param notional held by a member's book at a signal of 1, of each symbol, quote units
 * @param applyBest whether each generation's best parameters become the alpha's
 * @param space what is trained, by name; parameters of the alpha that are not here stay as they are
 */
public record PopulationSpec(
    String populationId,
    String alphaId,
    AlphaKind kind,
    List<Symbol> symbols,
    int members,
    long intervalMs,
    double quantile,
    double resampleProbability,
    long seed,
    int minSamples,
    BigDecimal notional,
    boolean applyBest,
    List<TrainedParameter> space) {
  /** More would cost the engine too much at each second of feed time. */
  public static final int MOST_MEMBERS = 32;

  public PopulationSpec {
    symbols = List.copyOf(symbols);
    space = List.copyOf(space);
  }

  public boolean trades(Symbol symbol) {
    return symbols.isEmpty() || symbols.contains(symbol);
  }
}
