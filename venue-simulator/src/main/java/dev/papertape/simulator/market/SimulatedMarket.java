package dev.papertape.simulator.market;

import dev.papertape.simulator.config.Instrument;
import dev.papertape.simulator.config.Listing;
import dev.papertape.simulator.config.SimulatorConfig;
import dev.papertape.simulator.config.VenueConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Everything that happens, step by step. Its whole course is a function of configuration and start;
 * not thread-safe.
 */
public final class SimulatedMarket {

  private static final long BACKFILL_STEP_MILLIS = 5_000;

  private final FactorModel factors;
  private final RegimeChain regimes;
  private final List<ListedMarket> listings;
  private Mood mood = Regime.CHOP.mood();
  private long millis;

  /**
   * Builds the market with its history up to the start.
   *
   * @param startMillis simulated epoch time of the start; cut to the step's grid
   */
  public SimulatedMarket(SimulatorConfig config, long startMillis) {
    long start = startMillis - Math.floorMod(startMillis, SimulatorConfig.STEP_MILLIS);
    long begin = start - config.historyMinutes() * MinuteBars.MINUTE_MILLIS;
    begin -= Math.floorMod(begin, MinuteBars.MINUTE_MILLIS);
    this.factors = new FactorModel(config.seed(), config.instruments());
    this.regimes = new RegimeChain(Draws.of(config.seed(), "regime"), begin);
    this.listings = list(config, begin);
    this.millis = begin;
    while (millis < start) {
      backfill(Math.min(BACKFILL_STEP_MILLIS, start - millis));
    }
    // a first step of no length puts quotes into the books
    advance(0);
  }

  private static List<ListedMarket> list(SimulatorConfig config, long begin) {
    Map<String, Instrument> instruments =
        config.instruments().stream()
            .collect(Collectors.toMap(Instrument::symbol, Function.identity()));
    List<ListedMarket> listed = new ArrayList<>();
    for (VenueConfig venue : config.venues()) {
      for (Listing listing : venue.listings()) {
        Instrument instrument = Objects.requireNonNull(instruments.get(listing.symbol()));
        listed.add(new ListedMarket(config.seed(), venue, instrument, listing, begin));
      }
    }
    return List.copyOf(listed);
  }

  /** Advances by {@link SimulatorConfig#STEP_MILLIS}. */
  public void step() {
    advance(SimulatorConfig.STEP_MILLIS);
  }

  private void advance(long stepMillis) {
    double seconds = stepMillis / 1000.0;
    moveFairPrices(stepMillis, seconds);
    for (ListedMarket listed : listings) {
      listed.step(factors.fair(listed.listing().symbol()), mood, millis, seconds);
    }
  }

  private void backfill(long stepMillis) {
    double seconds = stepMillis / 1000.0;
    moveFairPrices(stepMillis, seconds);
    for (ListedMarket listed : listings) {
      listed.backfill(factors.fair(listed.listing().symbol()), mood, millis, seconds);
    }
  }

  private void moveFairPrices(long stepMillis, double seconds) {
    millis += stepMillis;
    Regime regime = regimes.at(millis);
    mood = mood.towards(regime.mood(), seconds);
    factors.advance(regime, seconds);
  }

  /** Simulated epoch time of the latest step. */
  public long millis() {
    return millis;
  }

  /** Every venue's listings, in the configuration's order. */
  public List<ListedMarket> listings() {
    return listings;
  }

  public List<ListedMarket> listings(String venue) {
    return listings.stream().filter(listed -> listed.venue().equals(venue)).toList();
  }

  /** The labels a classifier should have found, oldest first, the current one last. */
  public List<RegimeSpan> regimes() {
    return regimes.history(millis);
  }

  /** The common fair price, before any venue's deviation; quote currency. */
  double fair(String symbol) {
    return factors.fair(symbol);
  }
}
