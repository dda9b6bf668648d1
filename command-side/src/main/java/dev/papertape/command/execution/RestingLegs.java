package dev.papertape.command.execution;

import dev.papertape.command.market.BookSide;
import dev.papertape.command.market.OrderBook;
import dev.papertape.command.market.PublicTrade;
import dev.papertape.command.market.Scale;
import dev.papertape.contracts.execution.Side;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * The paper orders that rest at one book, in the order of their arrival, each behind the quantity
 * that was displayed at its price when it came (market-wire.md, "Fills"). A trade's quantity is
 * given out once: what an earlier paper order gets, a later one does not see.
 */
final class RestingLegs {
  private final List<Resting> legs = new ArrayList<>();
  private Scale scale;

  RestingLegs(Scale scale) {
    this.scale = scale;
  }

  /** One resting leg; quantities and price scaled as the book is. */
  static final class Resting {
    final String orderId;
    final int leg;
    final Side side;
    long price;
    long remaining;
    private long lot;
    private long queueAhead;

    Resting(
        String orderId, int leg, Side side, long price, long lot, long remaining, OrderBook book) {
      this.orderId = orderId;
      this.leg = leg;
      this.side = side;
      this.price = price;
      this.lot = lot;
      this.remaining = remaining;
      BookSide own = side == Side.BUY ? BookSide.BID : BookSide.ASK;
      int level = book.indexOf(own, price);
      this.queueAhead = level < 0 ? 0 : book.quantity(own, level);
    }

    private void rescale(Scale before, Scale now) {
      price = now.price(before.price(price));
      lot = now.quantity(before.quantity(lot));
      remaining = now.quantity(before.quantity(remaining));
      queueAhead = now.quantity(before.quantity(queueAhead));
    }
  }

  /** A maker fill; the leg is gone from here when nothing of it is left. */
  record MakerFill(Resting resting, long quantity) {}

  /** A book's scale may become finer; what rests there then keeps its price and its place. */
  void follow(Scale now) {
    if (!now.equals(scale)) {
      Scale before = scale;
      legs.forEach(resting -> resting.rescale(before, now));
      scale = now;
    }
  }

  void add(Resting resting) {
    legs.add(resting);
  }

  boolean isEmpty() {
    return legs.isEmpty();
  }

  void remove(String orderId) {
    legs.removeIf(resting -> resting.orderId.equals(orderId));
  }

  List<Resting> all() {
    return List.copyOf(legs);
  }

  List<MakerFill> traded(PublicTrade trade) {
    List<MakerFill> fills = new ArrayList<>();
    long left = trade.quantity();
    for (Iterator<Resting> each = legs.iterator(); each.hasNext(); ) {
      Resting resting = each.next();
      long through = (resting.price - trade.price()) * resting.side.sign();
      if (through > 0) {
        fills.add(fill(resting, resting.remaining));
      } else if (through == 0 && trade.aggressor() == resting.side.opposite()) {
        long behind = Math.max(0, left - resting.queueAhead);
        resting.queueAhead = Math.max(0, resting.queueAhead - left);
        long quantity = Math.min(behind, resting.remaining);
        quantity -= quantity % resting.lot;
        if (quantity > 0) {
          fills.add(fill(resting, quantity));
          left -= quantity;
        }
      }
      if (resting.remaining == 0) {
        each.remove();
      }
    }
    return fills;
  }

  MakerFill filled(Resting resting, long quantity) {
    MakerFill fill = fill(resting, quantity);
    if (resting.remaining == 0) {
      legs.remove(resting);
    }
    return fill;
  }

  private static MakerFill fill(Resting resting, long quantity) {
    resting.remaining -= quantity;
    return new MakerFill(resting, quantity);
  }
}
