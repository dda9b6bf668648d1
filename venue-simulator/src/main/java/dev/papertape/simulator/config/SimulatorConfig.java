package dev.papertape.simulator.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The whole simulator. Together with the start instant it determines every byte that the venues
 * publish.
 *
 * @param seed of all randomness
 * @param host address to bind to; loopback unless told otherwise
 * @param portBase the first venue's port, the next one's above it; 0 = ephemeral ports
 * @param speed simulated milliseconds per real one, in (0, 1000]
 * @param historyMinutes how far back candles reach at the start, in [1, 10080]
 * @param startEpochMillis simulated time at the start; absent = the wall clock then
 * @param instruments of the common market
 * @param venues that list them
 */
public record SimulatorConfig(
    long seed,
    String host,
    int portBase,
    double speed,
    int historyMinutes,
    @Nullable Long startEpochMillis,
    List<Instrument> instruments,
    List<VenueConfig> venues) {

  /** One step of simulated time. */
  public static final int STEP_MILLIS = 10;

  private static final int DAY_MINUTES = 1440;

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  public SimulatorConfig {
    Require.that(host != null && !host.isBlank(), "host must not be blank");
    Require.within(portBase, 0, 65_535, "portBase");
    Require.that(speed > 0 && speed <= 1000, "speed must be in (0, 1000], was %s", speed);
    Require.within(historyMinutes, 1, 10_080, "historyMinutes");
    Require.that(
        startEpochMillis == null || startEpochMillis >= historyMinutes * 60_000L,
        "startEpochMillis must leave room for the history, was %s",
        startEpochMillis);
    Require.that(instruments != null && !instruments.isEmpty(), "instruments must not be empty");
    Require.that(venues != null && !venues.isEmpty(), "venues must not be empty");
    instruments = List.copyOf(instruments);
    venues = List.copyOf(venues);
    var symbols = new HashSet<String>();
    for (Instrument instrument : instruments) {
      Require.that(
          symbols.add(instrument.symbol()), "instrument %s is there twice", instrument.symbol());
    }
    var names = new HashSet<String>();
    for (VenueConfig venue : venues) {
      Require.that(names.add(venue.name()), "venue %s is there twice", venue.name());
      for (Listing listing : venue.listings()) {
        Require.that(
            symbols.contains(listing.symbol()),
            "venue %s lists %s, which is not an instrument",
            venue.name(),
            listing.symbol());
      }
    }
  }

  /** Three venues, three instruments, a day of history, real time, ephemeral loopback ports. */
  public static SimulatorConfig defaults(long seed) {
    return DefaultMarket.config(seed);
  }

  /**
   * Reads the JSON form of this record; every field but {@code startEpochMillis} must be there.
   *
   * @throws IllegalArgumentException naming what is wrong
   */
  public static SimulatorConfig fromJson(String json) {
    try {
      return JSON.readValue(json, SimulatorConfig.class);
    } catch (ValueInstantiationException e) {
      // a record refused its values and says which
      Throwable refusal = e.getCause() == null ? e : e.getCause();
      throw new IllegalArgumentException(
          "not a simulator configuration: " + refusal.getMessage(), e);
    } catch (JsonMappingException e) {
      String where =
          e.getPath().stream()
              .map(at -> at.getFieldName() == null ? "[" + at.getIndex() + "]" : at.getFieldName())
              .collect(Collectors.joining("."));
      throw new IllegalArgumentException(
          "not a simulator configuration: " + where + ": " + e.getOriginalMessage(), e);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          "not a simulator configuration: " + e.getOriginalMessage(), e);
    }
  }

  /** The JSON that {@link #fromJson} reads. */
  public String toJson() {
    try {
      return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(this);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a record of plain values must serialise", e);
    }
  }

  /** The venue of that name. */
  public Optional<VenueConfig> venue(String name) {
    return venues.stream().filter(venue -> venue.name().equals(name)).findFirst();
  }

  public SimulatorConfig withSpeed(double newSpeed) {
    return new SimulatorConfig(
        seed, host, portBase, newSpeed, historyMinutes, startEpochMillis, instruments, venues);
  }

  public SimulatorConfig withAddress(String newHost, int newPortBase) {
    return new SimulatorConfig(
        seed, newHost, newPortBase, speed, historyMinutes, startEpochMillis, instruments, venues);
  }

  public SimulatorConfig withStartEpochMillis(long newStart) {
    return new SimulatorConfig(
        seed, host, portBase, speed, historyMinutes, newStart, instruments, venues);
  }

  public SimulatorConfig withHistoryMinutes(int minutes) {
    return new SimulatorConfig(
        seed, host, portBase, speed, minutes, startEpochMillis, instruments, venues);
  }

  /**
   * The same market begun at yesterday's midnight (UTC). Its course hangs on its beginning: so all
   * starts of one day have the same history, and a restart does not repeat under other times what
   * was seen before.
   *
   * @param millis simulated epoch time of the start
   */
  public SimulatorConfig startedAt(long millis) {
    int minuteOfDay = (int) (Math.floorMod(millis, DAY_MINUTES * 60_000L) / 60_000L);
    return withHistoryMinutes(DAY_MINUTES + minuteOfDay).withStartEpochMillis(millis);
  }

  public SimulatorConfig withSeed(long newSeed) {
    return new SimulatorConfig(
        newSeed, host, portBase, speed, historyMinutes, startEpochMillis, instruments, venues);
  }

  /** The same venues, all of them in one wire. */
  public SimulatorConfig speaking(VenueWire wire) {
    return withVenues(venues.stream().map(venue -> venue.withWire(wire)).toList());
  }

  public SimulatorConfig withVenues(List<VenueConfig> newVenues) {
    return new SimulatorConfig(
        seed, host, portBase, speed, historyMinutes, startEpochMillis, instruments, newVenues);
  }
}
