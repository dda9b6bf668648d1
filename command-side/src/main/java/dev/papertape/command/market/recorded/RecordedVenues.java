package dev.papertape.command.market.recorded;

import dev.papertape.command.market.VenueProfile;
import dev.papertape.command.market.WireProtocol;
import dev.papertape.contracts.market.InstrumentRules;
import dev.papertape.contracts.market.Symbol;
import dev.papertape.contracts.market.Venue;
import dev.papertape.contracts.market.VenueFees;
import dev.papertape.contracts.market.VenueKind;
import dev.papertape.contracts.market.VenueLatency;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/**
 * What a recording does not tell of its venue: fees, latency, trading rules.
 *
 * @param fees by venue; a venue not named has those of its protocol, see {@link #SPOT_FEES} and
 *     those after it
 * @param latencies by venue; a venue not named has {@link #LATENCY}
 * @param rules by venue and wire symbol; one not named has Binance's of 2024 or steps inferred from
 *     the recording
 */
public record RecordedVenues(
    Map<Venue, VenueFees> fees,
    Map<Venue, VenueLatency> latencies,
    Map<Venue, Map<String, InstrumentRules>> rules) {
  public static final Venue SPOT = new Venue("BINANCE");
  public static final Venue US = new Venue("BINANCE_US");
  public static final Venue TR = new Venue("BINANCE_TR");
  public static final Venue USDM = new Venue("BINANCE_USDM");
  public static final Venue COINM = new Venue("BINANCE_COINM");
  public static final Venue COINBASE = new Venue("COINBASE");
  public static final Venue COINBASE_PRO = new Venue("COINBASE_PRO");
  public static final Venue KRAKEN = new Venue("KRAKEN");
  public static final Venue KRAKEN_V1 = new Venue("KRAKEN_V1");

  /** Binance's regular user, spot. */
  public static final VenueFees SPOT_FEES = new VenueFees(10, 10);

  /** Binance's regular user, futures. */
  public static final VenueFees FUTURES_FEES = new VenueFees(2, 5);

  /** Coinbase's lowest tier of Advanced Trade. */
  public static final VenueFees COINBASE_FEES = new VenueFees(40, 60);

  /** Kraken's lowest tier, spot. */
  public static final VenueFees KRAKEN_FEES = new VenueFees(25, 40);

  public static final VenueLatency LATENCY = new VenueLatency(5, 20, 5);

  /** Wire symbol, tick, lot, minimal notional: Binance's exchangeInfo of August 2024. */
  private static final Map<Venue, List<List<String>>> KNOWN_RULES =
      Map.of(
          SPOT,
          List.of(
              List.of("BTCUSDT", "0.01", "0.00001", "5"),
              List.of("ETHUSDT", "0.01", "0.0001", "5"),
              List.of("SOLUSDT", "0.01", "0.001", "5")),
          USDM,
          List.of(
              List.of("BTCUSDT", "0.1", "0.001", "100"),
              List.of("ETHUSDT", "0.01", "0.001", "20"),
              List.of("SOLUSDT", "0.001", "1", "5")),
          COINM,
          List.of(
              List.of("BTCUSD_PERP", "0.1", "1", "0"), List.of("ETHUSD_PERP", "0.01", "1", "0")));

  public static RecordedVenues defaults() {
    return new RecordedVenues(Map.of(), Map.of(), Map.of());
  }

  /** The venue as the engine is to know it; {@code files} are its endpoints. */
  VenueProfile profile(Venue venue, WireProtocol wire, List<String> files) {
    return new VenueProfile(
        venue,
        VenueKind.RECORDED,
        files,
        fees.getOrDefault(venue, usualFees(wire)),
        latencies.getOrDefault(venue, LATENCY),
        List.of("L2", "TRADES"),
        wire.integrity(),
        wire.candles());
  }

  private static VenueFees usualFees(WireProtocol wire) {
    return switch (wire) {
      case BINANCE_SPOT -> SPOT_FEES;
      case BINANCE_FUTURES -> FUTURES_FEES;
      case COINBASE, COINBASE_PRO -> COINBASE_FEES;
      case KRAKEN, KRAKEN_V1 -> KRAKEN_FEES;
    };
  }

  InstrumentRules rules(Venue venue, Symbol symbol, String wire, FinestSteps finest) {
    InstrumentRules configured = rules.getOrDefault(venue, Map.of()).get(wire);
    if (configured != null) {
      return configured;
    }
    for (List<String> known : KNOWN_RULES.getOrDefault(venue, List.of())) {
      if (known.getFirst().equals(wire)) {
        return new InstrumentRules(
            symbol,
            wire,
            new BigDecimal(known.get(1)),
            new BigDecimal(known.get(2)),
            new BigDecimal(known.get(3)));
      }
    }
    return new InstrumentRules(
        symbol,
        wire,
        BigDecimal.ONE.movePointLeft(finest.priceDecimals()),
        BigDecimal.ONE.movePointLeft(finest.quantityDecimals()),
        BigDecimal.ZERO);
  }
}
