package dev.papertape.benchmarks.router;

import dev.papertape.command.router.RouterPolicy;
import dev.papertape.contracts.execution.OrderIntent;
import dev.papertape.contracts.execution.Side;
import dev.papertape.contracts.market.BookState;
import dev.papertape.contracts.market.Venue;
import dev.papertape.contracts.router.RoutingContext;
import dev.papertape.contracts.router.RoutingDecision;
import dev.papertape.contracts.router.RoutingDecision.Candidate;
import dev.papertape.contracts.router.RoutingDecision.Leg;
import dev.papertape.contracts.router.VenueQuote;
import dev.papertape.contracts.router.VenueQuote.QuotedLevel;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The peer: the router's rule as one would write it down first, in {@link BigDecimal}s, lists and a
 * sort. It knows immediate orders at full participation, which is what the benchmark decides.
 */
final class DecimalRouter {
  private static final BigDecimal BPS = BigDecimal.valueOf(10_000);

  private DecimalRouter() {}

  /** One level with its price after the fee. */
  private record Offer(VenueQuote quote, BigDecimal price, BigDecimal quantity, BigDecimal cost) {}

  static RoutingDecision decide(RoutingContext context, RouterPolicy policy) {
    OrderIntent intent = context.intent();
    List<Candidate> candidates = new ArrayList<>();
    List<VenueQuote> eligible = new ArrayList<>();
    for (VenueQuote quote : context.quotes()) {
      String gate = gate(context, quote, policy);
      candidates.add(candidate(context, quote, gate, policy));
      if (gate == null) {
        eligible.add(quote);
      }
    }
    List<Leg> legs = legs(intent, eligible);
    BigDecimal routed = legs.stream().map(Leg::quantity).reduce(BigDecimal.ZERO, BigDecimal::add);
    return new RoutingDecision(
        candidates,
        legs,
        tidy(intent.quantity().subtract(routed)),
        legs.isEmpty() ? "NO_ELIGIBLE_VENUE" : null);
  }

  private static @Nullable String gate(
      RoutingContext context, VenueQuote quote, RouterPolicy policy) {
    OrderIntent intent = context.intent();
    BigDecimal bid = quote.bestBid();
    BigDecimal ask = quote.bestAsk();
    if (quote.state() != BookState.SYNCED) {
      return "NOT_SYNCED";
    }
    if (quote.ageMs() == null || quote.ageMs() > policy.maxAgeMs()) {
      return "STALE";
    }
    if (bid != null && ask != null && bid.compareTo(ask) > 0) {
      return "CROSSED";
    }
    BigDecimal best = intent.side() == Side.BUY ? ask : bid;
    if (best == null) {
      return "NO_LIQUIDITY";
    }
    if (intent.quantity().remainder(quote.lotSize()).signum() != 0) {
      return "OFF_LOT";
    }
    return intent.quantity().multiply(best).compareTo(quote.minNotional()) < 0
        ? "BELOW_MIN_NOTIONAL"
        : null;
  }

  private static Candidate candidate(
      RoutingContext context, VenueQuote quote, @Nullable String gate, RouterPolicy policy) {
    BigDecimal mid = context.refMid();
    if (gate != null || mid == null) {
      return new Candidate(
          quote.venue(), false, gate, null, null, null, null, null, null, null, null, quote.qos());
    }
    BigDecimal wanted = context.intent().quantity();
    BigDecimal covered = BigDecimal.ZERO;
    BigDecimal notional = BigDecimal.ZERO;
    for (QuotedLevel level : quote.levels()) {
      BigDecimal take = level.quantity().min(wanted.subtract(covered));
      covered = covered.add(take);
      notional = notional.add(take.multiply(level.price()));
    }
    BigDecimal vwap = tidy(notional.divide(covered, 12, RoundingMode.HALF_EVEN));
    double priceBps =
        context.intent().side().sign() * vwap.subtract(mid).doubleValue() / mid.doubleValue() * 1e4;
    double latencyBps = quote.volatility1sBps() * Math.sqrt(quote.latencyP95Ms() / 1e3);
    double failBps = (1 - quote.fillProbability()) * quote.adverseMoveBps();
    double rejectBps = quote.rejectRate() * policy.retryCostBps();
    return new Candidate(
        quote.venue(),
        true,
        null,
        vwap,
        covered,
        priceBps,
        quote.takerFeeBps(),
        latencyBps,
        failBps,
        rejectBps,
        priceBps + quote.takerFeeBps() + latencyBps + failBps + rejectBps,
        quote.qos());
  }

  /** What one venue takes of the order, and what that costs. */
  private record Share(VenueQuote quote, BigDecimal quantity, BigDecimal value) {
    Share plus(Share other) {
      return new Share(quote, quantity.add(other.quantity), value.add(other.value));
    }

    boolean isBelowMinimum() {
      return value.compareTo(quote.minNotional()) < 0;
    }
  }

  private static List<Leg> legs(OrderIntent intent, List<VenueQuote> eligible) {
    List<VenueQuote> venues = new ArrayList<>(eligible);
    while (true) {
      Collection<Share> shares = walk(intent, venues);
      Optional<Share> tooSmall =
          shares.stream().filter(Share::isBelowMinimum).min(Comparator.comparing(Share::value));
      if (tooSmall.isEmpty()) {
        return shares.stream()
            .map(share -> new Leg(share.quote.venue(), share.quantity, intent.limitPrice()))
            .sorted(Comparator.comparing(Leg::quantity).reversed().thenComparing(Leg::venue))
            .toList();
      }
      venues.remove(tooSmall.get().quote);
    }
  }

  private static Collection<Share> walk(OrderIntent intent, List<VenueQuote> venues) {
    Comparator<Offer> cheapest = Comparator.comparing(Offer::cost);
    List<Offer> offers = new ArrayList<>();
    for (VenueQuote quote : venues) {
      BigDecimal fee =
          BigDecimal.valueOf(intent.side().sign() * quote.takerFeeBps())
              .divide(BPS)
              .add(BigDecimal.ONE);
      for (QuotedLevel level : quote.levels()) {
        offers.add(new Offer(quote, level.price(), level.quantity(), level.price().multiply(fee)));
      }
    }
    offers.sort(
        (intent.side() == Side.BUY ? cheapest : cheapest.reversed())
            .thenComparing(offer -> offer.quote.qos(), Comparator.reverseOrder())
            .thenComparing(offer -> offer.quote.venue()));
    Map<Venue, Share> shares = new TreeMap<>();
    Map<Venue, BigDecimal> unused = new TreeMap<>();
    BigDecimal remaining = intent.quantity();
    for (Offer offer : offers) {
      Venue venue = offer.quote.venue();
      BigDecimal open = unused.getOrDefault(venue, BigDecimal.ZERO).add(offer.quantity);
      BigDecimal take = open.min(remaining);
      take = take.subtract(take.remainder(offer.quote.lotSize()));
      unused.put(venue, open.subtract(take));
      remaining = remaining.subtract(take);
      if (take.signum() > 0) {
        Share share = new Share(offer.quote, take, take.multiply(offer.price));
        shares.merge(venue, share, Share::plus);
      }
    }
    return shares.values();
  }

  private static BigDecimal tidy(BigDecimal value) {
    BigDecimal stripped = value.stripTrailingZeros();
    return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
  }
}
