package dev.papertape.benchmarks.router;

import dev.papertape.command.market.BookSide;
import dev.papertape.command.router.RouterPolicy;
import dev.papertape.command.router.RoutingContexts;
import dev.papertape.command.router.VenueConditions;
import dev.papertape.contracts.execution.OrderIntent;
import dev.papertape.contracts.execution.Side;
import dev.papertape.contracts.execution.TimeInForce;
import dev.papertape.contracts.guards.TradingState;
import dev.papertape.contracts.router.RoutingContext;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Orders over three venues of 50 levels a side, both directions, from a hundredth of what is
 * displayed to nearly all of it.
 */
final class RoutingCases {
  static final RouterPolicy POLICY = RouterPolicy.DEFAULT;
  static final int COUNT = 64;

  private static final int DEPTH = 50;

  private static final RoutingContexts CONTEXTS =
      new RoutingContexts(
          POLICY, "bench", _ -> new VenueConditions(40, 0.95, 0.02, 0.9, null), _ -> null);

  private static final RoutingContexts.Moment NOW =
      new RoutingContexts.Moment(
          1,
          SyntheticBook.NOW,
          BigDecimal.ZERO,
          new BigDecimal("1000000"),
          TradingState.ACTIVE,
          1.5,
          null);

  private RoutingCases() {}

  /** One order and the books it meets. */
  record Case(OrderIntent intent, List<SyntheticBook> books) {
    RoutingContext context() {
      return CONTEXTS.of(intent, books, NOW);
    }
  }

  static List<Case> seeded(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Case> cases = new ArrayList<>();
    for (int i = 0; i < COUNT; i++) {
      List<SyntheticBook> books =
          List.of(
              new SyntheticBook("BINANCE", 7.5, DEPTH, random),
              new SyntheticBook("COINBASE", 8, DEPTH, random),
              new SyntheticBook("KRAKEN", 7, DEPTH, random));
      Side side = i % 2 == 0 ? Side.BUY : Side.SELL;
      BigDecimal displayed =
          books.stream()
              .map(book -> book.displayed(BookSide.takenBy(side)))
              .reduce(BigDecimal.ZERO, BigDecimal::add);
      BigDecimal quantity =
          displayed
              .multiply(BigDecimal.valueOf(1 + random.nextInt(98), 2))
              .setScale(5, RoundingMode.DOWN);
      cases.add(
          new Case(
              new OrderIntent(
                  SyntheticBook.SYMBOL, side, quantity, null, TimeInForce.IOC, "bench", null),
              books));
    }
    return cases;
  }
}
