package dev.papertape.command.regime;

import dev.papertape.command.features.OnlineFeatures;
import dev.papertape.command.market.BookView;
import dev.papertape.command.market.JudgedCandle;
import dev.papertape.contracts.market.Candle;
import dev.papertape.contracts.market.CandleInterval;
import dev.papertape.contracts.market.Symbol;
import dev.papertape.contracts.regime.Regime;
import dev.papertape.contracts.regime.RegimeEvent;
import dev.papertape.contracts.regime.RegimeEvent.RegimeChanged;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The regimes of all symbols, fed by the engine: judged bars as they come, mids and spreads once a
 * second. No clock, no I/O: the same inputs give the same facts. Owned by the engine's thread.
 */
public final class RegimeWatch {
  /**
   * Bars of one symbol that are worked off at one tick, or one fit of the model: twelve hours of
   * history take about twelve ticks, and no tick waits longer than for a fit.
   */
  private static final int BARS_A_TICK = 64;

  private final Map<Symbol, Watched> watched = new HashMap<>();

  private static final class Watched {
    private final BarChoice bars = new BarChoice();
    private final SymbolRegime state;
    private @Nullable Instant sampledAt;

    private Watched(Symbol symbol) {
      this.state = new SymbolRegime(symbol, RegimeSettings.DEFAULT);
    }
  }

  /**
   * What an earlier life knew; before anything else.
   *
   * @param features the bars that they recalled
   * @param lastTold of a symbol by the log, null for none
   */
  public void recall(OnlineFeatures features, Iterable<RegimeChanged> lastTold) {
    features.tellBars(
        (venue, symbol, openTime, high, low, close) ->
            of(symbol)
                .bars
                .offer(
                    venue,
                    new RegimeBar(openTime, CandleInterval.ONE_MINUTE.length(), high, low, close)));
    lastTold.forEach(changed -> of(changed.symbol()).state.recall(changed.regime()));
  }

  /** A closed bar was judged; one that may not be used is none. */
  public void candle(JudgedCandle judged) {
    if (judged.isUsable()) {
      Candle candle = judged.candle();
      of(candle.symbol())
          .bars
          .offer(candle.venue(), RegimeBar.of(candle.bar(), candle.interval().length()));
    }
  }

  /**
   * Works off what came of a symbol, and tells its regime where it changed.
   *
   * @param mid common mid, null without one
   * @param books those that take part in the mid
   */
  public void tick(
      Symbol symbol,
      @Nullable BigDecimal mid,
      Supplier<? extends List<? extends BookView>> books,
      Instant feedTime,
      Consumer<RegimeEvent> out) {
    Watched of = of(symbol);
    int left = BARS_A_TICK;
    while (left > 0) {
      RegimeBar bar = of.bars.poll(feedTime);
      if (bar == null) {
        break;
      }
      left -= of.state.bar(bar) ? BARS_A_TICK : 1;
    }
    if (mid != null && isDue(of.sampledAt, feedTime)) {
      of.sampledAt = feedTime;
      of.state.sample(feedTime, mid.doubleValue(), Spreads.medianBps(books.get()));
    }
    RegimeChanged changed = of.state.news(feedTime);
    if (changed != null) {
      out.accept(changed);
    }
  }

  private static boolean isDue(@Nullable Instant sampledAt, Instant feedTime) {
    return sampledAt == null || feedTime.getEpochSecond() > sampledAt.getEpochSecond();
  }

  /** The regime that was told last; null before the first. */
  public @Nullable Regime regimeOf(Symbol symbol) {
    Watched known = watched.get(symbol);
    return known == null ? null : known.state.told();
  }

  private Watched of(Symbol symbol) {
    return watched.computeIfAbsent(symbol, Watched::new);
  }
}
