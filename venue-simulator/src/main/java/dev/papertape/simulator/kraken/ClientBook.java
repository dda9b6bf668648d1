package dev.papertape.simulator.kraken;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * One book as one client must have it by what was sent to him. With it a broken message gets the
 * checksum of the broken book, so that the client's guards alone can see it; and after a loss
 * messages are withheld until one shows it, since on this wire a change below the ten best levels
 * is proved by nothing.
 */
public final class ClientBook {
  private static final int SUMMED = 10;
  private static final String ASKS = "\"asks\":[";
  private static final Pattern CHECKSUM = Pattern.compile("\"checksum\":([0-9]+)");

  private final int depth;
  private TreeMap<BigDecimal, String> bids = new TreeMap<>(Comparator.reverseOrder());
  private TreeMap<BigDecimal, String> asks = new TreeMap<>();
  private boolean bent;
  private boolean missing;

  private ClientBook(int depth) {
    this.depth = depth;
  }

  /** Whether a stream is one of a book. */
  public static boolean isOf(String stream) {
    return stream.startsWith(KrakenTape.BOOK);
  }

  /**
   * @param stream {@code book/BTC/USDT/100}
   */
  public static ClientBook of(String stream) {
    return new ClientBook(Integer.parseInt(stream.substring(stream.lastIndexOf('/') + 1)));
  }

  /** A message is lost on its way to the client. */
  public void lost() {
    missing = true;
  }

  /**
   * What the client is to be sent of a message; null for nothing.
   *
   * @param broken whether it is not as the venue wrote it
   */
  public @Nullable String pass(String json, boolean broken) {
    int from = json.indexOf(KrakenTampering.BIDS);
    int split = json.indexOf(ASKS);
    Matcher stated = CHECKSUM.matcher(json);
    if (from < 0 || split < from || !stated.find()) {
      return json; // Cut off: the client can make nothing of it.
    }
    TreeMap<BigDecimal, String> bidsBefore = missing ? new TreeMap<>(bids) : bids;
    TreeMap<BigDecimal, String> asksBefore = missing ? new TreeMap<>(asks) : asks;
    if (json.contains("\"type\":\"snapshot\"")) {
      bids.clear();
      asks.clear();
      bent = false;
      missing = false;
    }
    apply(bids, json.substring(from, split));
    apply(asks, json.substring(split));
    bent |= broken;
    long sum = checksum();
    if (bent) {
      return stated.replaceFirst("\"checksum\":" + sum);
    }
    if (missing && sum == Long.parseLong(stated.group(1))) {
      bids = bidsBefore;
      asks = asksBefore;
      return null;
    }
    missing = false;
    return json;
  }

  private void apply(TreeMap<BigDecimal, String> side, String levels) {
    Matcher level = KrakenTampering.LEVEL.matcher(levels);
    while (level.find()) {
      BigDecimal price = new BigDecimal(level.group(1));
      if (new BigDecimal(level.group(2)).signum() == 0) {
        side.remove(price);
      } else {
        side.put(price, digits(level.group(1)) + digits(level.group(2)));
      }
    }
    while (side.size() > depth) {
      side.pollLastEntry();
    }
  }

  private long checksum() {
    var text = new StringBuilder(400);
    asks.values().stream().limit(SUMMED).forEach(text::append);
    bids.values().stream().limit(SUMMED).forEach(text::append);
    var crc = new CRC32();
    crc.update(text.toString().getBytes(StandardCharsets.US_ASCII));
    return crc.getValue();
  }

  private static String digits(String decimal) {
    String digits = decimal.replace(".", "");
    int first = 0;
    while (first < digits.length() && digits.charAt(first) == '0') {
      first++;
    }
    return digits.substring(first);
  }
}
