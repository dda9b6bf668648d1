package dev.papertape.command.market.candle;

import dev.papertape.command.market.BarBuilder;
import dev.papertape.command.market.CandleSource;
import dev.papertape.command.market.VenueInput.Kline;
import dev.papertape.command.market.VenueInput.TradePrint;
import dev.papertape.contracts.market.Bar;
import java.time.Instant;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Closes the minutes that a live feed tells bit by bit. Until the feed has shown that it is there,
 * no minute counts as told: a subscription may have been refused.
 */
sealed interface LiveMinutes {
  static LiveMinutes of(CandleSource source) {
    return switch (source) {
      case CLOSED_ROWS -> new ClosedRows();
      case RUNNING_ROWS -> new RunningRows();
      case TRADES -> new Traded();
    };
  }

  /**
   * The first minute that the feed tells wholly, null until it has shown that it is there. Of what
   * it said of minutes before that one it did not say everything: the newest row or trade of a
   * quiet symbol may be hours old when it comes, and others before it are not told.
   */
  @Nullable Instant from();

  /**
   * A row as it stands.
   *
   * @param now when it came
   */
  default void row(Kline row, Instant now, Consumer<Bar> closed) {}

  /** A trade; returns false if its minute had been closed without it. */
  default boolean trade(TradePrint trade, Instant now, Consumer<Bar> closed) {
    return true;
  }

  private static Instant later(Instant a, Instant b) {
    return a.isAfter(b) ? a : b;
  }

  /** No more is to be expected of minutes that end by then. */
  default void closeUpTo(Instant boundary, Consumer<Bar> closed) {}

  /** Something was lost: what is under way is no whole minute. */
  void interrupted();

  /** Rows that say when they are closed. */
  final class ClosedRows implements LiveMinutes {
    private @Nullable Instant from;

    @Override
    public @Nullable Instant from() {
      return from;
    }

    @Override
    public void row(Kline row, Instant now, Consumer<Bar> closed) {
      from = from == null ? row.openTime() : from;
      if (row.closed()) {
        closed.accept(row.bar());
      }
    }

    @Override
    public void interrupted() {
      from = null;
    }
  }

  /** Rows that do not; each holds its minute's trades from the start, whenever we came. */
  final class RunningRows implements LiveMinutes {
    private @Nullable Instant from;
    private @Nullable Bar running;
    private Instant closedUpTo = Instant.MIN;

    @Override
    public @Nullable Instant from() {
      return from;
    }

    @Override
    public void row(Kline row, Instant now, Consumer<Bar> closed) {
      from = from == null ? later(row.openTime(), Minutes.startOf(now)) : from;
      Bar bar = row.bar();
      if (bar.openTime().isBefore(closedUpTo)) {
        closed.accept(bar); // Told otherwise after all.
        return;
      }
      closeUpTo(bar.openTime(), closed);
      running = bar;
    }

    @Override
    public void closeUpTo(Instant boundary, Consumer<Bar> closed) {
      closedUpTo = boundary.isAfter(closedUpTo) ? boundary : closedUpTo;
      Bar over = running;
      if (over != null && over.openTime().isBefore(boundary)) {
        running = null;
        closed.accept(over);
      }
    }

    @Override
    public void interrupted() {
      from = null;
      running = null;
      closedUpTo = Instant.MIN;
    }
  }

  /** Trades; the minute in which the first one came is not whole. */
  final class Traded implements LiveMinutes {
    private @Nullable Instant from;
    private BarBuilder builder = new BarBuilder(Minutes.ONE);

    @Override
    public @Nullable Instant from() {
      return from;
    }

    @Override
    public boolean trade(TradePrint trade, Instant now, Consumer<Bar> closed) {
      Instant at = trade.exchangeTime();
      Instant first = from;
      if (first == null) {
        first = Minutes.firstFrom(later(at, now));
        from = first;
      }
      if (at.isBefore(first)) {
        return true;
      }
      long late = builder.late();
      Bar over = builder.add(at, trade.price().toBigDecimal(), trade.quantity().toBigDecimal());
      if (over != null) {
        closed.accept(over);
      }
      return builder.late() == late;
    }

    @Override
    public void closeUpTo(Instant boundary, Consumer<Bar> closed) {
      Bar over = builder.closeUpTo(boundary);
      if (over != null) {
        closed.accept(over);
      }
    }

    @Override
    public void interrupted() {
      from = null;
      builder = new BarBuilder(Minutes.ONE);
    }
  }
}
