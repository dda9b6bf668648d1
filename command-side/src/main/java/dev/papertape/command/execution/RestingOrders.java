package dev.papertape.command.execution;

import dev.papertape.command.execution.RestingLegs.MakerFill;
import dev.papertape.command.execution.RestingLegs.Resting;
import dev.papertape.command.market.BookView;
import dev.papertape.command.market.PublicTrade;
import dev.papertape.command.market.Scale;
import dev.papertape.command.router.RouterPolicy;
import dev.papertape.contracts.execution.Side;
import dev.papertape.contracts.market.BookState;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** What rests at every book, and what the market makes of it. */
final class RestingOrders {
  private final Function<String, RouterPolicy> policyOf;
  private final Map<BookKey, RestingLegs> resting = new HashMap<>();

  /** Books whose venue has printed a trade: there, trades alone fill what rests. */
  private final Set<BookKey> printsTrades = new HashSet<>();

  /**
   * @param policyOf an open order's policy, by its id
   */
  RestingOrders(Function<String, RouterPolicy> policyOf) {
    this.policyOf = policyOf;
  }

  /** Rests a leg behind what is displayed at its limit now. */
  void rest(String orderId, int leg, Side side, BigDecimal limit, BigDecimal rest, BookView view) {
    Scale scale = view.book().scale();
    RestingLegs legs = resting.computeIfAbsent(BookKey.of(view), _ -> new RestingLegs(scale));
    legs.follow(scale);
    legs.add(
        new Resting(
            orderId,
            leg,
            side,
            PaperFill.worstPrice(side, limit, scale),
            scale.quantity(view.instrument().rules().lotSize()),
            scale.quantity(rest),
            view.book()));
  }

  /** The venue prints trades, whatever they are worth. */
  void printed(BookKey book) {
    printsTrades.add(book);
  }

  /**
   * Fills by a trade, in the order in which the legs came. None while the book is not in order:
   * nothing vouches for the trade's price then.
   */
  List<MakerFill> traded(PublicTrade trade, BookView view, Instant feedTime) {
    BookKey key = BookKey.of(view);
    printed(key);
    RestingLegs legs = resting.get(key);
    if (legs == null || legs.isEmpty() || view.state(feedTime) != BookState.SYNCED) {
      return List.of();
    }
    legs.follow(view.book().scale());
    return legs.traded(trade);
  }

  /** Fills by the other side's quotes beyond a leg's limit; only where no trades are printed. */
  List<MakerFill> crossed(BookView view, ConsumedLiquidity consumed, Instant feedTime) {
    BookKey key = BookKey.of(view);
    RestingLegs legs = resting.get(key);
    if (legs == null || legs.isEmpty() || printsTrades.contains(key)) {
      return List.of();
    }
    Scale scale = view.book().scale();
    legs.follow(scale);
    List<MakerFill> fills = new ArrayList<>();
    for (Resting each : legs.all()) {
      BigDecimal justBeyond = scale.price(each.price - each.side.sign());
      BigDecimal rest = scale.quantity(each.remaining);
      PaperFill crossing =
          PaperFill.take(
              view, consumed, each.side, rest, justBeyond, policyOf.apply(each.orderId), feedTime);
      long quantity = scale.quantity(crossing.quantity());
      if (quantity > 0) {
        fills.add(legs.filled(each, quantity));
      }
    }
    return fills;
  }

  void remove(String orderId) {
    resting.values().forEach(legs -> legs.remove(orderId));
  }
}
