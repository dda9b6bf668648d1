package dev.papertape.simulator.config;

import java.util.HashSet;
import java.util.List;
import java.util.regex.Pattern;

/**
 * One simulated venue.
 *
 * @param name upper case, unique in the simulator
 * @param port 0 = the next of {@code portBase}, or an ephemeral one when that is 0 too
 * @param deviationBps standard deviation of the venue's fair price around the common one
 * @param depthIntervalMillis cadence of {@code @depth@100ms}, a multiple of the market's step; the
 *     stream keeps its name at venues that are slower than it
 * @param depthPhaseMillis offset of that cadence, so that venues do not speak in chorus
 * @param weightPerMinute request weight an address may use in one calendar minute
 * @param refusalsBeforeBan how many 429 replies an address may draw in a minute before a 418 ban
 * @param wire the format it speaks; absent = Binance's
 */
public record VenueConfig(
    String name,
    int port,
    VenueFees fees,
    VenueLatency latency,
    double deviationBps,
    int depthIntervalMillis,
    int depthPhaseMillis,
    int weightPerMinute,
    int refusalsBeforeBan,
    List<Listing> listings,
    VenueWire wire) {

  private static final Pattern NAME = Pattern.compile("[A-Z][A-Z0-9_]{1,31}");

  public VenueConfig {
    Require.that(
        name != null && NAME.matcher(name).matches(),
        "venue name must be upper case letters, digits and _, was %s",
        name);
    Require.within(port, 0, 65_535, "port of " + name);
    Require.that(fees != null, "venue %s needs fees", name);
    Require.that(latency != null, "venue %s needs a latency", name);
    Require.within(deviationBps, 0, 100, "deviationBps of " + name);
    Require.within(depthIntervalMillis, 10, 1000, "depthIntervalMillis of " + name);
    Require.within(depthPhaseMillis, 0, depthIntervalMillis - 1, "depthPhaseMillis of " + name);
    Require.that(
        depthIntervalMillis % SimulatorConfig.STEP_MILLIS == 0
            && depthPhaseMillis % SimulatorConfig.STEP_MILLIS == 0,
        "depth interval and phase of %s must be multiples of %s ms",
        name,
        SimulatorConfig.STEP_MILLIS);
    Require.within(weightPerMinute, 1, 1_000_000, "weightPerMinute of " + name);
    Require.within(refusalsBeforeBan, 1, 1_000_000, "refusalsBeforeBan of " + name);
    Require.that(listings != null && !listings.isEmpty(), "venue %s lists nothing", name);
    listings = List.copyOf(listings);
    wire = wire == null ? VenueWire.BINANCE : wire;
    var symbols = new HashSet<String>();
    for (Listing listing : listings) {
      Require.that(
          symbols.add(listing.symbol()), "venue %s lists %s twice", name, listing.symbol());
    }
  }

  /** A venue that speaks Binance spot. */
  public VenueConfig(
      String name,
      int port,
      VenueFees fees,
      VenueLatency latency,
      double deviationBps,
      int depthIntervalMillis,
      int depthPhaseMillis,
      int weightPerMinute,
      int refusalsBeforeBan,
      List<Listing> listings) {
    this(
        name,
        port,
        fees,
        latency,
        deviationBps,
        depthIntervalMillis,
        depthPhaseMillis,
        weightPerMinute,
        refusalsBeforeBan,
        listings,
        VenueWire.BINANCE);
  }

  public VenueConfig withWire(VenueWire newWire) {
    return new VenueConfig(
        name,
        port,
        fees,
        latency,
        deviationBps,
        depthIntervalMillis,
        depthPhaseMillis,
        weightPerMinute,
        refusalsBeforeBan,
        listings,
        newWire);
  }
}
