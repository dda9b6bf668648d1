package dev.papertape.simulator.binance;

import dev.papertape.simulator.wire.Tampering;
import java.util.regex.Pattern;

/** Where Binance's messages can be broken. */
public final class BinanceTampering {
  public static final Tampering RULES =
      new Tampering(
          stream -> stream.contains("@depth"),
          stream -> stream.contains("@aggTrade"),
          Pattern.compile("\\[\"([0-9.]+)\",\"([0-9.]+)\"]"),
          Pattern.compile("\"p\":\"([0-9.]+)\""),
          BinanceTampering::withBid);

  private static final String BIDS = "\"b\":[";

  private BinanceTampering() {}

  private static String withBid(String json, String price) {
    int at = json.indexOf(BIDS) + BIDS.length();
    String separator = json.charAt(at) == ']' ? "" : ",";
    return json.substring(0, at)
        + "[\""
        + price
        + "\",\"1.00000\"]"
        + separator
        + json.substring(at);
  }
}
