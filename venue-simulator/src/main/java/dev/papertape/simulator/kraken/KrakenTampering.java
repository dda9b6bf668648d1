package dev.papertape.simulator.kraken;

import dev.papertape.simulator.wire.Tampering;
import java.util.regex.Pattern;

/** Where Kraken's messages can be broken; {@link ClientBook} makes their checksums fit again. */
public final class KrakenTampering {
  static final Pattern LEVEL = Pattern.compile("\\{\"price\":([0-9.]+),\"qty\":([0-9.]+)}");
  static final String BIDS = "\"bids\":[";

  public static final Tampering RULES =
      new Tampering(
          stream -> stream.startsWith(KrakenTape.BOOK),
          stream -> stream.startsWith(KrakenTape.TRADE),
          LEVEL,
          Pattern.compile("\"price\":([0-9.]+)"),
          KrakenTampering::withBid);

  private KrakenTampering() {}

  private static String withBid(String json, String price) {
    int at = json.indexOf(BIDS) + BIDS.length();
    String separator = json.charAt(at) == ']' ? "" : ",";
    return json.substring(0, at)
        + "{\"price\":"
        + price
        + ",\"qty\":1.0000}"
        + separator
        + json.substring(at);
  }
}
