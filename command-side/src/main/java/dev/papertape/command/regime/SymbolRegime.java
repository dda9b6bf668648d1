package dev.papertape.command.regime;

import dev.papertape.contracts.market.Symbol;
import dev.papertape.contracts.regime.Regime;
import dev.papertape.contracts.regime.RegimeEvent.RegimeChanged;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The regime of one symbol as its bars go by. The label is decided at each bar; a sample between
 * two bars can only call STRESS. Looks at nothing that comes after, and needs no more than bars.
 *
 * <p>The label that holds and the label that was told are two: while history is worked off nothing
 * is told, and after a restart the last one told is the log's.
 */
public final class SymbolRegime {
  /** From one bar's close to the next one's open, in bars: above, no return reaches over it. */
  private static final int LONGEST_HOLE = 5;

  /** A label is news while its bar is no older, in bars. */
  private static final int NEWS_BARS = 3;

  private final Symbol symbol;
  private final RegimeSettings settings;
  private final RegimeRules rules;
  private final WalkForward volatility = new WalkForward();
  private final SpreadGauge spread = new SpreadGauge();
  private final DrawdownSpeed drawdown = new DrawdownSpeed();
  private BarFigures figures = BarFigures.fresh();
  private @Nullable RegimeBar newest;
  private @Nullable Instant sampledAt;
  private @Nullable Regime regime;
  private @Nullable Instant changedAt;
  private @Nullable Regime told;

  public SymbolRegime(Symbol symbol, RegimeSettings settings) {
    this.symbol = symbol;
    this.settings = settings;
    this.rules = new RegimeRules(settings);
  }

  /** What the log says was told last; before anything else. */
  public void recall(Regime lastTold) {
    told = lastTold;
  }

  /** What was told last; null before the first label. */
  public @Nullable Regime told() {
    return told;
  }

  /** The label as of the newest bar or sample, told or not. */
  @Nullable Regime regime() {
    return regime;
  }

  /**
   * Takes the next bar; one that is not after the newest says nothing any more.
   *
   * @return whether the volatility model was fitted anew, which costs about as much as a thousand
   *     bars
   */
  public boolean bar(RegimeBar bar) {
    RegimeBar before = newest;
    if (before != null && !bar.openTime().isAfter(before.openTime())) {
      return false;
    }
    newest = bar;
    boolean fitted = false;
    if (before == null || isBroken(before, bar)) {
      figures = figures.broken();
      drawdown.clear();
    } else {
      double logReturn = StrictMath.log(bar.close() / before.close());
      figures.add(before, bar, logReturn);
      fitted = volatility.add(logReturn, bar.number());
    }
    if (isWithoutSamples(bar)) {
      drawdown.add(bar.closeTime(), bar.close(), bar.length());
    }
    if (figures.size() >= settings.warmUpBars()) {
      Regime next = rules.decide(readings(), volatility.turbulence(), regime);
      become(next, bar.closeTime(), bar.length());
    }
    return fitted;
  }

  private static boolean isBroken(RegimeBar before, RegimeBar bar) {
    Duration hole = Duration.between(before.closeTime(), bar.openTime());
    return hole.compareTo(bar.length().multipliedBy(LONGEST_HOLE)) > 0
        || !before.length().equals(bar.length());
  }

  /** Where mids are sampled they tell a fall as it happens, and closes would tell it again. */
  private boolean isWithoutSamples(RegimeBar bar) {
    return sampledAt == null || sampledAt.isBefore(bar.closeTime().minus(bar.length()));
  }

  /**
   * Takes a sample between bars, once a second of feed time.
   *
   * @param mid the common mid, &gt; 0
   * @param spreadBps median over the venues, NaN for unknown
   */
  public void sample(Instant feedTime, double mid, double spreadBps) {
    if (Double.isFinite(spreadBps)) {
      spread.add(spreadBps, regime != Regime.STRESS);
    }
    sampledAt = feedTime;
    RegimeBar bar = newest;
    if (bar == null) {
      return;
    }
    drawdown.add(feedTime, mid, bar.length());
    if (regime != null && isNews(bar, feedTime) && rules.isStress(readings(), false)) {
      become(Regime.STRESS, feedTime, bar.length());
    }
  }

  private void become(Regime next, Instant at, Duration barLength) {
    boolean free =
        changedAt == null
            || next == Regime.STRESS
            || !at.isBefore(changedAt.plus(barLength.multipliedBy(settings.dwellBars())));
    if (next != regime && free) {
      regime = next;
      changedAt = at;
    }
  }

  /**
   * What is to be told now: the label where it is another than was told last, and is of now and not
   * of history that is still worked off.
   */
  public @Nullable RegimeChanged news(Instant feedTime) {
    Regime now = regime;
    RegimeBar bar = newest;
    if (now == null || now == told || bar == null || !isNews(bar, feedTime)) {
      return null;
    }
    RegimeReadings readings = readings();
    RegimeChanged changed =
        new RegimeChanged(
            symbol,
            now,
            told,
            volatility.state(),
            readings.known(figures.varianceRatio()),
            rules.words(now, readings, volatility.turbulence()),
            modelVersion(),
            feedTime);
    told = now;
    return changed;
  }

  private static boolean isNews(RegimeBar bar, Instant feedTime) {
    Duration age = Duration.between(bar.closeTime(), feedTime);
    return age.compareTo(bar.length().multipliedBy(NEWS_BARS)) <= 0;
  }

  private String modelVersion() {
    String fit = volatility.fingerprint();
    return fit.isEmpty() ? RegimeSettings.RULES : RegimeSettings.RULES + "/hmm-" + fit;
  }

  private RegimeReadings readings() {
    return figures.readings(drawdown.value(figures.deviation()), spread);
  }
}
