package dev.papertape.query.report;

import static java.math.BigDecimal.ZERO;

import dev.papertape.contracts.report.Shapley;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.LongFunction;

/**
 * What one rebalance does to the coalitions' books of one symbol. Every coalition goes at the mid
 * from where the rebalance before had put it to where this one puts it, and pays the modelled costs
 * for the way. Of both, quantity and cost, each alpha has a leave-one-out and a Shapley part.
 *
 * <p>Alphas without a signal before and after change no coalition: they are no players, and both
 * their parts are 0. Up to {@link Shapley#EXACT_PLAYERS} players it is exact (the parts add up to
 * the last digit), above it is sampled.
 */
final class CoalitionStep {
  /** Decimals of base units and quote units to which parts are cut; the parts still add up. */
  private static final int SCALE = 18;

  private static final int SAMPLED_PAIRS = 256;

  private final List<String> players;
  private final BigDecimal[] before;
  private final BigDecimal[] after;
  private final Rebalance from;
  private final Rebalance to;
  private final BigDecimal costRate;
  private final long seed;

  /**
   * @param costBps modelled cost of trading, in bps of notional
   * @param seed of the sample, should there be too many players
   */
  CoalitionStep(Rebalance from, Rebalance to, double costBps, long seed) {
    this.from = from;
    this.to = to;
    this.costRate = BigDecimal.valueOf(costBps).movePointLeft(4);
    this.seed = seed;
    TreeSet<String> ids = new TreeSet<>(from.weighted().keySet());
    ids.addAll(to.weighted().keySet());
    players = List.copyOf(ids);
    before = ofPlayers(from);
    after = ofPlayers(to);
  }

  /**
   * @param quantity base units held after it
   * @param cost quote units paid for getting there
   */
  record Part(BigDecimal quantity, BigDecimal cost) {}

  /**
   * @param quantityError standard error of the Shapley part's quantity, 0 when exact
   * @param costError likewise of its cost
   */
  record OfPlayer(Part leaveOneOut, Part shapley, double quantityError, double costError) {}

  /** By player; the Shapley parts add up to what the coalition of all holds and pays. */
  SortedMap<String, OfPlayer> parts() {
    long everybody = players.isEmpty() ? 0 : -1L >>> (64 - players.size());
    Part all = part(everybody);
    Shapley.Values quantities = values(coalition -> quantity(to, after, coalition));
    Shapley.Values costs = values(this::cost);
    List<BigDecimal> quantityParts = exactly(quantities.values(), all.quantity);
    List<BigDecimal> costParts = exactly(costs.values(), all.cost);
    SortedMap<String, OfPlayer> parts = new TreeMap<>();
    for (int i = 0; i < players.size(); i++) {
      Part without = part(everybody & ~(1L << i));
      parts.put(
          players.get(i),
          new OfPlayer(
              new Part(all.quantity.subtract(without.quantity), all.cost.subtract(without.cost)),
              new Part(quantityParts.get(i), costParts.get(i)),
              quantities.standardErrors()[i],
              costs.standardErrors()[i]));
    }
    return parts;
  }

  private Shapley.Values values(LongFunction<BigDecimal> game) {
    int count = players.size();
    if (count <= Shapley.EXACT_PLAYERS) {
      double[] exact = Shapley.exact(count, coalition -> game.apply(coalition).doubleValue());
      return new Shapley.Values(exact, new double[count], 0);
    }
    return Shapley.sampled(
        count, SAMPLED_PAIRS, seed, coalition -> game.apply(coalition).doubleValue());
  }

  /** Cut to decimals; what that leaves of the sum goes to the last player whose part is not 0. */
  private static List<BigDecimal> exactly(double[] values, BigDecimal sum) {
    List<BigDecimal> parts = new ArrayList<>();
    BigDecimal left = sum;
    int last = values.length - 1;
    for (int i = 0; i < values.length; i++) {
      BigDecimal part = new BigDecimal(values[i]).setScale(SCALE, RoundingMode.HALF_EVEN);
      parts.add(part);
      left = left.subtract(part);
      last = part.signum() != 0 ? i : last;
    }
    if (last >= 0) {
      parts.set(last, parts.get(last).add(left));
    }
    return parts;
  }

  private Part part(long coalition) {
    return new Part(quantity(to, after, coalition), cost(coalition));
  }

  private BigDecimal cost(long coalition) {
    return quantity(to, after, coalition)
        .subtract(quantity(from, before, coalition))
        .abs()
        .multiply(to.mid())
        .multiply(costRate)
        .setScale(SCALE, RoundingMode.HALF_EVEN);
  }

  private static BigDecimal quantity(Rebalance rebalance, BigDecimal[] parts, long coalition) {
    BigDecimal combined = ZERO;
    for (long rest = coalition; rest != 0; rest &= rest - 1) {
      combined = combined.add(parts[Long.numberOfTrailingZeros(rest)]);
    }
    return rebalance.target(combined).setScale(SCALE, RoundingMode.HALF_EVEN);
  }

  private BigDecimal[] ofPlayers(Rebalance rebalance) {
    return players.stream()
        .map(id -> rebalance.weighted().getOrDefault(id, ZERO))
        .map(part -> part.round(MathContext.DECIMAL128))
        .toArray(BigDecimal[]::new);
  }
}
