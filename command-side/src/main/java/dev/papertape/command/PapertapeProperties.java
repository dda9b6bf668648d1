package dev.papertape.command;

import dev.papertape.command.market.WireProtocol;
import dev.papertape.command.market.recorded.RecordedVenues;
import dev.papertape.contracts.market.Symbol;
import dev.papertape.contracts.market.Venue;
import dev.papertape.contracts.market.VenueFees;
import dev.papertape.contracts.market.VenueKind;
import dev.papertape.contracts.market.VenueLatency;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What an operator may set of the command side, under {@code papertape}.
 *
 * @param recordings files to play when the feed is RECORDING
 * @param speed {@code real}, {@code max} or a factor such as {@code 10x}
 * @param seed of the engine's ids and jitter
 * @param release name of the policy bundle in every decision
 * @param initialCash of a new paper account, in USDT
 * @param alphas whether the built-in alphas trade
 * @param candleLookBack how far back candles are fetched of which nothing is stored, 0 to 7 days
 * @param venues venues of a SIMULATOR or LIVE feed
 */
@ConfigurationProperties("papertape")
public record PapertapeProperties(
    @DefaultValue("SIMULATOR") Feed feed,
    @DefaultValue List<Path> recordings,
    @DefaultValue("real") String speed,
    @DefaultValue("1") long seed,
    @DefaultValue("baseline") String release,
    @DefaultValue("1000000.00") BigDecimal initialCash,
    @DefaultValue("true") boolean alphas,
    @DefaultValue("12h") Duration candleLookBack,
    @DefaultValue List<VenueEntry> venues) {

  /** Where market data comes from. */
  public enum Feed {
    SIMULATOR,
    LIVE,
    RECORDING
  }

  /**
   * One venue. Fees in bps of notional, latencies in ms.
   *
   * @param wire {@code BINANCE_SPOT}, {@code COINBASE} (Advanced Trade) or {@code KRAKEN} (v2)
   * @param rest base URI, for example {@code https://api.binance.com}, {@code
   *     https://api.coinbase.com}, {@code https://api.kraken.com}
   * @param stream base URI, for example {@code wss://stream.binance.com:9443}, {@code
   *     wss://advanced-trade-ws.coinbase.com}, {@code wss://ws.kraken.com/v2}
   */
  public record VenueEntry(
      String name,
      @DefaultValue("BINANCE_SPOT") WireProtocol wire,
      URI rest,
      URI stream,
      @DefaultValue({"BTC-USDT", "ETH-USDT", "SOL-USDT"}) List<String> symbols,
      @DefaultValue("10") double makerBps,
      @DefaultValue("10") double takerBps,
      @DefaultValue("5") long feedMs,
      @DefaultValue("20") long orderEntryMs,
      @DefaultValue("5") long responseMs) {

    VenueSettings settings(VenueKind kind) {
      return new VenueSettings(
          new Venue(name),
          kind,
          wire,
          rest,
          stream,
          symbols.stream().map(Symbol::new).toList(),
          new VenueFees(makerBps, takerBps),
          new VenueLatency(feedMs, orderEntryMs, responseMs));
    }
  }

  /** The public endpoints, when nothing else is configured for a LIVE feed; the lowest tiers. */
  private static final List<VenueEntry> PUBLIC =
      List.of(
          publicEntry(
              "BINANCE",
              WireProtocol.BINANCE_SPOT,
              "https://api.binance.com",
              "wss://stream.binance.com:9443",
              "USDT",
              RecordedVenues.SPOT_FEES),
          publicEntry(
              "COINBASE",
              WireProtocol.COINBASE,
              "https://api.coinbase.com",
              "wss://advanced-trade-ws.coinbase.com",
              "USD",
              RecordedVenues.COINBASE_FEES),
          publicEntry(
              "KRAKEN",
              WireProtocol.KRAKEN,
              "https://api.kraken.com",
              "wss://ws.kraken.com/v2",
              "USD",
              RecordedVenues.KRAKEN_FEES));

  /** Binance trades against USDT; the other two have their deepest books against USD. */
  private static VenueEntry publicEntry(
      String name, WireProtocol wire, String rest, String stream, String quote, VenueFees fees) {
    return new VenueEntry(
        name,
        wire,
        URI.create(rest),
        URI.create(stream),
        Stream.of("BTC", "ETH", "SOL").map(base -> base + "-" + quote).toList(),
        fees.makerBps(),
        fees.takerBps(),
        RecordedVenues.LATENCY.feedMs(),
        RecordedVenues.LATENCY.orderEntryMs(),
        RecordedVenues.LATENCY.responseMs());
  }

  List<VenueSettings> venueSettings() {
    VenueKind kind = feed == Feed.LIVE ? VenueKind.LIVE : VenueKind.SIMULATED;
    List<VenueEntry> entries = venues.isEmpty() && feed == Feed.LIVE ? PUBLIC : venues;
    return entries.stream().map(entry -> entry.settings(kind)).toList();
  }

  /** Recorded seconds a second. */
  double speedFactor() {
    String text = speed.toLowerCase(Locale.ROOT);
    return switch (text) {
      case "real" -> 1;
      case "max" -> Double.POSITIVE_INFINITY;
      default -> factor(text);
    };
  }

  private static double factor(String text) {
    String number = text.endsWith("x") ? text.substring(0, text.length() - 1) : text;
    double factor = Double.parseDouble(number);
    if (!(factor > 0)) {
      throw new IllegalArgumentException("papertape.speed must be real, max or a factor like 10x");
    }
    return factor;
  }
}
