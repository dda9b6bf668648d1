package dev.papertape.simulator.coinbase;

import dev.papertape.simulator.wire.Tampering;
import java.util.regex.Pattern;

/** Where Advanced Trade's messages can be broken. */
public final class CoinbaseTampering {
  public static final Tampering RULES =
      new Tampering(
          stream -> stream.startsWith(CoinbaseTape.LEVEL2),
          stream -> stream.startsWith(CoinbaseTape.TRADES),
          Pattern.compile("\"price_level\":\"([0-9.]+)\",\"new_quantity\":\"([0-9.]+)\""),
          Pattern.compile("\"price\":\"([0-9.]+)\""),
          CoinbaseTampering::withBid);

  private static final String UPDATES = "\"updates\":[";
  private static final Pattern EVENT_TIME = Pattern.compile("\"event_time\":\"([^\"]+)\"");

  private CoinbaseTampering() {}

  private static String withBid(String json, String price) {
    int at = json.indexOf(UPDATES) + UPDATES.length();
    String time =
        EVENT_TIME.matcher(json).results().findFirst().map(found -> found.group(1)).orElseThrow();
    return json.substring(0, at)
        + "{\"side\":\"bid\",\"event_time\":\""
        + time
        + "\",\"price_level\":\""
        + price
        + "\",\"new_quantity\":\"1.0000\"},"
        + json.substring(at);
  }
}
