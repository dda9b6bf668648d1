package dev.papertape.command.alpha;

import dev.papertape.command.features.FeatureReader;
import dev.papertape.command.features.ReadFeatures;
import dev.papertape.contracts.alpha.AlphaKind;
import dev.papertape.contracts.alpha.FeatureWindow;
import dev.papertape.contracts.execution.OrderIntent;
import dev.papertape.contracts.execution.Side;
import dev.papertape.contracts.execution.TimeInForce;
import dev.papertape.contracts.market.Symbol;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Turns an alpha's wishes into immediate orders: it holds signal · target notional of each symbol,
 * trades when that is far enough from what it holds, and waits between orders of one symbol. Owned
 * by the engine's thread.
 */
public final class BaselineTrader {
  /** The window that holds what the alpha wished before: its input too, though no feature. */
  static final String PREVIOUS_SIGNAL = "previousSignal";

  private Alpha alpha;
  private Sizing sizing;
  private final Map<Symbol, Watched> watched = new HashMap<>();

  /**
   * How much and how often.
   *
   * @param targetNotional held at a signal of 1, quote units
   * @param rebalanceNotional smallest difference that is traded, quote units
   * @param cooldown feed time between two orders of one symbol
   */
  public record Sizing(BigDecimal targetNotional, BigDecimal rebalanceNotional, Duration cooldown) {
    public static final Sizing DEFAULT =
        new Sizing(new BigDecimal("10000"), new BigDecimal("2000"), Duration.ofSeconds(5));
  }

  /** What the trader sees of a symbol at a tick. */
  public record Tick(
      Symbol symbol,
      Instant feedTime,
      @Nullable BigDecimal mid,
      FeatureReader features,
      BigDecimal position,
      BigDecimal lot) {}

  /** An order and the feature windows that led to it. */
  public record Wish(OrderIntent intent, List<FeatureWindow> windows) {}

  private static final class Watched {
    private final MidSeries mids;
    private double signal;
    private @Nullable Instant signalledAt;
    private @Nullable Instant lastOrder;

    private Watched(int lookBack) {
      this.mids = new MidSeries(lookBack, Duration.ofSeconds(1));
    }
  }

  public BaselineTrader(Alpha alpha, Sizing sizing) {
    this.alpha = alpha;
    this.sizing = sizing;
  }

  /**
   * Trades under other parameters from the next tick on. What it has seen stays; after a longer
   * look-back it has no signal until it has seen enough.
   */
  public void use(Sizing newSizing, MomentumAlpha.Parameters parameters) {
    sizing = newSizing;
    if (alpha.kind() == AlphaKind.MOMENTUM) {
      alpha = new MomentumAlpha(alpha.id(), parameters);
    }
    watched.values().forEach(state -> state.mids.keep(alpha.lookBack()));
  }

  public String alphaId() {
    return alpha.id();
  }

  /**
   * Called at every tick and for every symbol; acts at the first tick of a second of feed time that
   * has a mid.
   *
   * @return the order to place now, null for none
   */
  public @Nullable Wish onTick(Tick tick) {
    Watched state = watched.computeIfAbsent(tick.symbol(), _ -> new Watched(alpha.lookBack()));
    BigDecimal mid = tick.mid();
    if (mid == null || !state.mids.isDue(tick.feedTime())) {
      return null;
    }
    state.mids.sample(tick.feedTime(), mid);
    ReadFeatures read = new ReadFeatures(tick.features());
    FeatureWindow previous = previousSignal(state);
    Double signal = alpha.signal(new AlphaMoment(state.mids, read, null, state.signal));
    if (signal == null) {
      return null;
    }
    state.signal = signal;
    state.signalledAt = tick.feedTime();
    if (isCoolingDown(state, tick.feedTime())) {
      return null;
    }
    OrderIntent intent = rebalance(tick, mid, signal);
    if (intent == null) {
      return null;
    }
    state.lastOrder = tick.feedTime();
    List<FeatureWindow> windows = new ArrayList<>();
    windows.add(state.mids.window(alpha.lookBack()));
    windows.addAll(read.windows());
    windows.add(previous);
    return new Wish(intent, List.copyOf(windows));
  }

  /** The wish that the new one may have been held to; without a point before the first. */
  private static FeatureWindow previousSignal(Watched state) {
    Instant at = state.signalledAt;
    return new FeatureWindow(
        PREVIOUS_SIGNAL,
        1,
        at == null
            ? List.of()
            : List.of(
                new FeatureWindow.Point(at, BigDecimal.valueOf(state.signal).toPlainString())));
  }

  private boolean isCoolingDown(Watched state, Instant feedTime) {
    return state.lastOrder != null
        && Duration.between(state.lastOrder, feedTime).compareTo(sizing.cooldown()) < 0;
  }

  private @Nullable OrderIntent rebalance(Tick tick, BigDecimal mid, double signal) {
    BigDecimal wanted = sizing.targetNotional().multiply(BigDecimal.valueOf(signal));
    BigDecimal held = tick.position().multiply(mid);
    BigDecimal difference = wanted.subtract(held);
    if (difference.abs().compareTo(sizing.rebalanceNotional()) < 0) {
      return null;
    }
    BigDecimal lots = difference.abs().divide(mid.multiply(tick.lot()), 0, RoundingMode.DOWN);
    return lots.signum() == 0
        ? null
        : new OrderIntent(
            tick.symbol(),
            difference.signum() > 0 ? Side.BUY : Side.SELL,
            lots.multiply(tick.lot()),
            null,
            TimeInForce.IOC,
            alpha.id(),
            null);
  }
}
