package dev.papertape.command.execution;

import dev.papertape.contracts.execution.ExecutionEvent;
import dev.papertape.contracts.execution.ExecutionEvent.FillMarkedOut;
import dev.papertape.contracts.execution.ExecutionEvent.OrderFilled;
import dev.papertape.contracts.market.Symbol;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The common mid at the first tick 1, 10 and 60 s of feed time after each fill. Fills come in the
 * order of their feed times, so one queue for each horizon is enough. Beyond {@link #MOST} that
 * wait at a horizon, a fill is not marked there.
 */
final class MarkOuts {
  static final int MOST = 50_000;

  private final List<Horizon> horizons = List.of(horizon(1), horizon(10), horizon(60));

  private record Horizon(int seconds, Deque<OrderFilled> waiting) {
    boolean isDue(OrderFilled fill, Instant feedTime) {
      return !fill.feedTime().plusSeconds(seconds).isAfter(feedTime);
    }
  }

  private static Horizon horizon(int seconds) {
    return new Horizon(seconds, new ArrayDeque<>());
  }

  void filled(OrderFilled fill) {
    for (Horizon horizon : horizons) {
      if (horizon.waiting.size() < MOST) {
        horizon.waiting.add(fill);
      }
    }
  }

  void tick(
      Instant feedTime, Function<Symbol, @Nullable BigDecimal> mids, Consumer<ExecutionEvent> out) {
    for (Horizon horizon : horizons) {
      OrderFilled fill = horizon.waiting.peek();
      while (fill != null && horizon.isDue(fill, feedTime)) {
        horizon.waiting.remove();
        out.accept(
            new FillMarkedOut(
                fill.orderId(),
                fill.fillId(),
                fill.venue(),
                fill.symbol(),
                horizon.seconds,
                mids.apply(fill.symbol()),
                feedTime));
        fill = horizon.waiting.peek();
      }
    }
  }
}
