package dev.papertape.command.market.recorded;

import dev.papertape.command.market.WireProtocol;
import dev.papertape.contracts.market.Venue;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What tells of which venue a capture is: addresses, cryptofeed's names, frames, file names. */
final class VenueSigns {
  private static final Pattern KRAKEN_V1_FRAME =
      Pattern.compile("\\[[0-9]+,.*\"(?:book-[0-9]+|trade)\",\"[A-Z0-9]+/[A-Z0-9]+\"]");

  /** Ends of host names, the more special ones first. */
  private static final List<Map.Entry<String, Venue>> HOSTS =
      List.of(
          Map.entry("fstream.binance.com", RecordedVenues.USDM),
          Map.entry("fapi.binance.com", RecordedVenues.USDM),
          Map.entry("dstream.binance.com", RecordedVenues.COINM),
          Map.entry("dapi.binance.com", RecordedVenues.COINM),
          Map.entry("trbinance.com", RecordedVenues.TR),
          Map.entry("binance.me", RecordedVenues.TR),
          Map.entry("binance.tr", RecordedVenues.TR),
          Map.entry("binance.us", RecordedVenues.US),
          Map.entry("binance.com", RecordedVenues.SPOT),
          Map.entry("binance.vision", RecordedVenues.SPOT),
          Map.entry("pro.coinbase.com", RecordedVenues.COINBASE_PRO),
          Map.entry("exchange.coinbase.com", RecordedVenues.COINBASE_PRO),
          Map.entry("coinbase.com", RecordedVenues.COINBASE));

  private static final Map<String, Venue> CRYPTOFEED =
      Map.of(
          "BINANCE", RecordedVenues.SPOT,
          "BINANCE_US", RecordedVenues.US,
          "BINANCE_TR", RecordedVenues.TR,
          "BINANCE_FUTURES", RecordedVenues.USDM,
          "BINANCE_DELIVERY", RecordedVenues.COINM,
          "COINBASE", RecordedVenues.COINBASE,
          "KRAKEN", RecordedVenues.KRAKEN);

  private VenueSigns() {}

  /** The protocol that a venue is recorded in; Binance spot for a venue not met before. */
  static WireProtocol wire(Venue venue) {
    return switch (venue.name()) {
      case "BINANCE_USDM", "BINANCE_COINM" -> WireProtocol.BINANCE_FUTURES;
      case "COINBASE" -> WireProtocol.COINBASE;
      case "COINBASE_PRO" -> WireProtocol.COINBASE_PRO;
      case "KRAKEN" -> WireProtocol.KRAKEN;
      case "KRAKEN_V1" -> WireProtocol.KRAKEN_V1;
      default -> WireProtocol.BINANCE_SPOT;
    };
  }

  /** By the address of a socket or of a REST call; null where it tells nothing. */
  static @Nullable Venue byAddress(String address) {
    URI uri;
    try {
      uri = URI.create(address);
    } catch (IllegalArgumentException notAnAddress) {
      return null;
    }
    String host = uri.getHost();
    if (host == null) {
      return null;
    }
    if (host.endsWith("kraken.com")) {
      // The REST calls of both versions are the same; only captures of the old one are text.
      return String.valueOf(uri.getPath()).startsWith("/v2")
          ? RecordedVenues.KRAKEN
          : host.startsWith("ws") || host.startsWith("api") ? RecordedVenues.KRAKEN_V1 : null;
    }
    return HOSTS.stream()
        .filter(known -> host.endsWith(known.getKey()))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse(null);
  }

  /** By cryptofeed's name of the exchange; null for one that is not decoded. */
  static @Nullable Venue byExchange(String exchange) {
    return CRYPTOFEED.get(exchange.toUpperCase(Locale.ROOT));
  }

  /** By a frame that no other venue sends; null where it tells nothing. */
  static @Nullable Venue byFrame(String frame) {
    if (frame.contains("\"ps\":\"")) {
      return RecordedVenues.COINM;
    }
    if (frame.contains("\"pu\":")) {
      return RecordedVenues.USDM;
    }
    if (frame.contains("\"sequence_num\":")) {
      return RecordedVenues.COINBASE;
    }
    if (frame.contains("\"type\":\"l2update\"")) {
      return RecordedVenues.COINBASE_PRO;
    }
    if (frame.contains("\"channel\":\"book\"") && frame.contains("\"checksum\":")) {
      return RecordedVenues.KRAKEN;
    }
    return frame.startsWith("[") && KRAKEN_V1_FRAME.matcher(frame).matches()
        ? RecordedVenues.KRAKEN_V1
        : null;
  }

  /** By the file's name, Binance spot if that tells nothing either. */
  static Venue byName(Path file) {
    String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
    if (name.startsWith("usdm") || name.contains("binance_futures")) {
      return RecordedVenues.USDM;
    }
    if (name.startsWith("cm_") || name.contains("coinm") || name.contains("binance_delivery")) {
      return RecordedVenues.COINM;
    }
    if (name.contains("binance_tr")) {
      return RecordedVenues.TR;
    }
    return name.contains("binance_us") ? RecordedVenues.US : RecordedVenues.SPOT;
  }
}
