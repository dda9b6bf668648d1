package dev.papertape.command.execution;

import dev.papertape.command.market.BookSide;
import dev.papertape.command.market.BookView;
import dev.papertape.command.market.OrderBook;
import dev.papertape.command.market.Scale;
import dev.papertape.command.router.RouterPolicy;
import dev.papertape.contracts.execution.FilledLevel;
import dev.papertape.contracts.execution.Side;
import dev.papertape.contracts.market.BookState;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a leg takes of a venue's book as it stands when the leg arrives there (market-wire.md,
 * "Fills"): displayed levels within the limit, at most the participation of each, less what earlier
 * paper orders took of it. A book that is not in order fills nothing.
 *
 * @param levels taken, best first; empty when nothing filled
 * @param quantity base units, the sum of the levels
 * @param unfilled base units
 * @param shortfall why something is unfilled, null when nothing is
 */
record PaperFill(
    List<FilledLevel> levels,
    BigDecimal quantity,
    BigDecimal unfilled,
    @Nullable Shortfall shortfall) {

  /** Takes from the book, and remembers in {@code consumed} what it took. */
  static PaperFill take(
      BookView view,
      ConsumedLiquidity consumed,
      Side side,
      BigDecimal wanted,
      @Nullable BigDecimal limit,
      RouterPolicy policy,
      Instant feedTime) {
    Shortfall closed = closed(view, feedTime);
    if (closed != null) {
      return new PaperFill(List.of(), BigDecimal.ZERO, wanted, closed);
    }
    Walk walk = new Walk(view, consumed, side, policy, true);
    walk.take(wanted, limit);
    return walk.result(wanted);
  }

  /** The levels that {@link #take} would take now; nothing is taken. */
  static List<FilledLevel> offered(
      BookView view,
      ConsumedLiquidity consumed,
      Side side,
      BigDecimal wanted,
      @Nullable BigDecimal limit,
      RouterPolicy policy,
      Instant feedTime) {
    if (closed(view, feedTime) != null) {
      return List.of();
    }
    Walk walk = new Walk(view, consumed, side, policy, false);
    walk.take(wanted, limit);
    return walk.result(wanted).levels();
  }

  /** Why a book fills nothing now, null when it may; crossed is as good as unsynced. */
  static @Nullable Shortfall closed(BookView view, Instant feedTime) {
    BookState state = view.state(feedTime);
    if (state != BookState.SYNCED) {
      return state == BookState.STALE ? Shortfall.BOOK_STALE : Shortfall.BOOK_NOT_SYNCED;
    }
    OrderBook book = view.book();
    boolean crossed =
        book.levels(BookSide.BID) > 0
            && book.levels(BookSide.ASK) > 0
            && book.price(BookSide.BID, 0) > book.price(BookSide.ASK, 0);
    return crossed ? Shortfall.BOOK_NOT_SYNCED : null;
  }

  /** The worst scaled price within a limit, which may be finer than the book's prices. */
  static long worstPrice(Side side, BigDecimal limit, Scale scale) {
    RoundingMode inwards = side == Side.BUY ? RoundingMode.FLOOR : RoundingMode.CEILING;
    return scale.price(limit.setScale(scale.priceDecimals(), inwards));
  }

  /** One walk over one side of a book, on scaled longs. */
  private static final class Walk {
    private final BookView view;
    private final OrderBook book;
    private final ConsumedLiquidity consumed;
    private final Side direction;
    private final BookSide side;
    private final RouterPolicy policy;
    private final Scale scale;
    private final long lot;
    private final boolean remembers;
    private final List<FilledLevel> levels = new ArrayList<>();
    private long remaining;
    private boolean capped;

    Walk(
        BookView view,
        ConsumedLiquidity consumed,
        Side side,
        RouterPolicy policy,
        boolean remembers) {
      this.remembers = remembers;
      this.view = view;
      this.book = view.book();
      this.consumed = consumed;
      this.direction = side;
      this.side = BookSide.takenBy(side);
      this.policy = policy;
      this.scale = book.scale();
      this.lot = scale.quantity(view.instrument().rules().lotSize());
    }

    void take(BigDecimal wanted, @Nullable BigDecimal limit) {
      remaining = scale.quantity(wanted);
      long worst = limit == null ? 0 : worstPrice(direction, limit, scale);
      for (int level = 0; level < book.levels(side) && remaining > 0; level++) {
        long price = book.price(side, level);
        if (limit != null && side.better(worst, price)) {
          return;
        }
        take(level, price);
      }
    }

    private void take(int level, long price) {
      long displayed = book.quantity(side, level);
      long earlier = consumed.at(book, side, level);
      long open = Math.max(0, policy.takeable(displayed) - earlier);
      capped |= open < remaining && displayed - earlier > open;
      long quantity = Math.min(open, remaining);
      quantity -= quantity % lot;
      if (quantity > 0) {
        if (remembers) {
          consumed.take(book, side, level, quantity);
        }
        BigDecimal taken = scale.quantity(quantity);
        levels.add(new FilledLevel(view.paid(direction, scale.price(price), taken), taken));
        remaining -= quantity;
      }
    }

    PaperFill result(BigDecimal wanted) {
      BigDecimal unfilled = scale.quantity(remaining);
      return new PaperFill(List.copyOf(levels), wanted.subtract(unfilled), unfilled, shortfall());
    }

    private @Nullable Shortfall shortfall() {
      if (remaining == 0) {
        return null;
      }
      if (capped) {
        return Shortfall.PARTICIPATION_CAP;
      }
      return levels.isEmpty() ? Shortfall.NO_LIQUIDITY_WITHIN_LIMIT : Shortfall.IOC_REMAINDER;
    }
  }
}
