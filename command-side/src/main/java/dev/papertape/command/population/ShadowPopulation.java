package dev.papertape.command.population;

import dev.papertape.command.alpha.AlphaMoment;
import dev.papertape.command.alpha.MidSeries;
import dev.papertape.command.features.FeatureReader;
import dev.papertape.contracts.market.Symbol;
import dev.papertape.contracts.population.Population;
import dev.papertape.contracts.population.PopulationEvent.MembersScored;
import dev.papertape.contracts.regime.Regime;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One population's generation while it runs: all members see the same mids and trade them in their
 * own books. Its length is the feed time in which members were asked, so an outage does not count.
 * Once it is over its members trade on, uncounted, until the next generation begins.
 */
final class ShadowPopulation {
  private static final long SECONDS_BETWEEN_SCORES = 60;

  private final ShadowMember.Alphas alphas;
  private final Duration interval;
  private final Map<Symbol, MidSeries> mids = new HashMap<>();
  private Population population;
  private Map<String, ShadowMember> members;
  private int lookBack = 1;
  private long elapsedMs;
  private boolean complete;

  /** Whether a symbol was sampled since the newest return. */
  private boolean sampled;

  private @Nullable Instant counted;
  private @Nullable Instant scored;

  /**
   * @param interval between two samples
   * @param newest scores in the log, null without any
   */
  ShadowPopulation(
      Population population,
      ShadowMember.Alphas alphas,
      Duration interval,
      @Nullable MembersScored newest) {
    this.population = population;
    this.alphas = alphas;
    this.interval = interval;
    this.members = Lineup.recovered(population, alphas, newest);
    if (newest != null && newest.generation() == population.generation()) {
      elapsedMs = newest.elapsedMs();
      complete = newest.complete();
    }
    keepEnough();
  }

  Population population() {
    return population;
  }

  /** The population as it is from now on: started, stopped, or a generation on. */
  void use(Population next) {
    if (next.generation() > population.generation()) {
      members = Lineup.next(next, alphas, members, population.generation());
      elapsedMs = 0;
      complete = false;
      keepEnough();
    }
    population = next;
  }

  /** Never fewer than before: what a longer look-back will need again is kept. */
  private void keepEnough() {
    for (ShadowMember member : members.values()) {
      lookBack = Math.max(lookBack, member.lookBack());
    }
    mids.values().forEach(series -> series.keep(lookBack));
  }

  /**
   * Called at every tick with a mid; samples at the first of each interval.
   *
   * @param costs asked only for a sample
   */
  void sample(
      Symbol symbol,
      Instant feedTime,
      BigDecimal mid,
      Supplier<ShadowCosts> costs,
      FeatureReader features,
      @Nullable Regime regime) {
    if (!population.isRunning() || !population.spec().trades(symbol)) {
      return;
    }
    MidSeries series = mids.computeIfAbsent(symbol, _ -> new MidSeries(lookBack, interval));
    if (!series.isDue(feedTime)) {
      return;
    }
    boolean isWatched = series.size() > 0 && follows(series.newestAt(), feedTime);
    series.sample(feedTime, mid);
    sampled = true;
    ShadowCosts now = costs.get();
    for (ShadowMember member : members.values()) {
      if (!isWatched) {
        member.catchUp(symbol, mid);
      }
      member.sample(
          symbol, new AlphaMoment(series, features, regime, member.previous(symbol)), mid, now);
    }
  }

  /**
   * Called at every tick after the samples; counts a return once an interval.
   *
   * @param life of the engine
   * @return the scores that are to be recorded now, null for none
   */
  @Nullable MembersScored observe(long life, Instant feedTime) {
    if (!sampled || !isDue(feedTime)) {
      return null;
    }
    sampled = false;
    Instant before = counted;
    counted = feedTime;
    if (before == null || !follows(before, feedTime) || complete) {
      return null;
    }
    members.values().forEach(ShadowMember::count);
    elapsedMs += Duration.between(before, feedTime).toMillis();
    complete = elapsedMs >= population.spec().intervalMs();
    return complete || areScoresDue(feedTime) ? scores(life, feedTime) : null;
  }

  /** Whether {@code later} is the next sample's time and not one after a gap. */
  private boolean follows(Instant earlier, Instant later) {
    return Duration.between(earlier, later).compareTo(interval.multipliedBy(3).dividedBy(2)) <= 0;
  }

  private boolean isDue(Instant feedTime) {
    return counted == null || number(feedTime) > number(counted);
  }

  private long number(Instant feedTime) {
    return Math.floorDiv(feedTime.toEpochMilli(), interval.toMillis());
  }

  private boolean areScoresDue(Instant feedTime) {
    if (scored == null) {
      scored = feedTime;
      return false;
    }
    return feedTime.getEpochSecond() / SECONDS_BETWEEN_SCORES
        > scored.getEpochSecond() / SECONDS_BETWEEN_SCORES;
  }

  private MembersScored scores(long life, Instant feedTime) {
    scored = feedTime;
    return new MembersScored(
        population.populationId(),
        life,
        population.generation(),
        feedTime,
        elapsedMs,
        complete,
        members.values().stream().map(ShadowMember::score).toList());
  }
}
