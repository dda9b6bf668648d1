package dev.papertape.command.router;

import dev.papertape.command.market.Scale;
import dev.papertape.contracts.execution.OrderIntent;
import dev.papertape.contracts.execution.Side;
import dev.papertape.contracts.execution.TimeInForce;
import dev.papertape.contracts.router.RoutingDecision.Leg;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Splits an order over the eligible venues by walking their merged levels from the cheapest, fee
 * included. A leg is a multiple of its venue's lot and worth its minimum; a venue whose share is
 * not is left out and the walk is made again without it, the smallest share first. What a resting
 * order cannot take now rests at the venue with the best score.
 */
final class Split {
  private final OrderIntent intent;
  private final Scale scale;
  private final List<Ladder> ladders;

  private Split(OrderIntent intent, Scale scale, List<Ladder> ladders) {
    this.intent = intent;
    this.scale = scale;
    this.ladders = new ArrayList<>(ladders);
  }

  /** Legs, largest first, ties by venue name; empty when no venue may have a share. */
  static List<Leg> legs(OrderIntent intent, Scale scale, List<Ladder> ladders) {
    return new Split(intent, scale, ladders).legs();
  }

  private List<Leg> legs() {
    while (!ladders.isEmpty()) {
      Shares shares = walk();
      int tooSmall = smallestBelowMinimum(shares);
      if (tooSmall < 0) {
        return legs(shares);
      }
      ladders.remove(tooSmall);
    }
    return List.of();
  }

  /** Quantity and notional per ladder, scaled. */
  private record Shares(long[] quantity, WideSum[] notional) {}

  private Shares walk() {
    int venues = ladders.size();
    int[] next = new int[venues];
    long[] unused = new long[venues];
    Shares shares = new Shares(new long[venues], new WideSum[venues]);
    for (int v = 0; v < venues; v++) {
      shares.notional[v] = new WideSum();
    }
    long remaining = scale.quantity(intent.quantity());
    for (int v = cheapest(next); v >= 0 && remaining > 0; v = cheapest(next)) {
      Ladder ladder = ladders.get(v);
      int level = next[v]++;
      // What did not make a whole lot on the levels before is still there to be taken.
      long open = unused[v] + ladder.quantities[level];
      long take = Math.min(open, remaining);
      take -= take % ladder.lot;
      unused[v] = open - take;
      remaining -= take;
      shares.quantity[v] += take;
      shares.notional[v].addProduct(ladder.prices[level], take);
    }
    if (remaining > 0 && intent.timeInForce() == TimeInForce.GTC) {
      rest(shares, remaining);
    }
    return shares;
  }

  private int cheapest(int[] next) {
    int best = -1;
    for (int v = 0; v < next.length; v++) {
      Ladder ladder = ladders.get(v);
      if (next[v] < ladder.levels && (best < 0 || before(ladder, next[v], best, next[best]))) {
        best = v;
      }
    }
    return best;
  }

  /** Ladders come by venue name, so that of equal price and score the first name stays. */
  private boolean before(Ladder candidate, int level, int best, int bestLevel) {
    Ladder other = ladders.get(best);
    int dearer = Ladder.compareWithFee(candidate, level, other, bestLevel);
    int worse = intent.side() == Side.BUY ? dearer : -dearer;
    return worse != 0 ? worse < 0 : candidate.quote.qos() > other.quote.qos();
  }

  private void rest(Shares shares, long remaining) {
    int host = 0;
    for (int v = 1; v < ladders.size(); v++) {
      if (ladders.get(v).quote.qos() > ladders.get(host).quote.qos()) {
        host = v;
      }
    }
    shares.quantity[host] += remaining - remaining % ladders.get(host).lot;
  }

  private int smallestBelowMinimum(Shares shares) {
    int smallest = -1;
    @Nullable BigDecimal smallestValue = null;
    for (int v = 0; v < ladders.size(); v++) {
      BigDecimal value = shares.quantity[v] == 0 ? null : value(shares, v);
      if (value != null
          && value.compareTo(ladders.get(v).quote.minNotional()) < 0
          && (smallestValue == null || value.compareTo(smallestValue) < 0)) {
        smallest = v;
        smallestValue = value;
      }
    }
    return smallest;
  }

  /** As venues check it: at the limit where there is one, else at the walked prices. */
  private BigDecimal value(Shares shares, int v) {
    return intent.limitPrice() == null
        ? new BigDecimal(
            shares.notional[v].value(), scale.priceDecimals() + scale.quantityDecimals())
        : scale.quantity(shares.quantity[v]).multiply(intent.limitPrice());
  }

  private List<Leg> legs(Shares shares) {
    List<Leg> legs = new ArrayList<>(ladders.size());
    for (int v = 0; v < ladders.size(); v++) {
      if (shares.quantity[v] > 0) {
        Ladder ladder = ladders.get(v);
        int lotDecimals = Math.max(0, ladder.quote.lotSize().stripTrailingZeros().scale());
        BigDecimal quantity =
            scale.quantity(shares.quantity[v]).setScale(lotDecimals, RoundingMode.UNNECESSARY);
        legs.add(new Leg(ladder.quote.venue(), quantity, intent.limitPrice()));
      }
    }
    legs.sort(Comparator.comparing(Leg::quantity).reversed().thenComparing(Leg::venue));
    return List.copyOf(legs);
  }
}
