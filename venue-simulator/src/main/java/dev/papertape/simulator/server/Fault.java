package dev.papertape.simulator.server;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What can be wrong with a message on request, so that who listens can show what he makes of it.
 * All but {@link #MALFORMED} change messages of the Binance wire only.
 */
enum Fault {
  /** A book's change that ends in its middle. */
  MALFORMED {
    @Override
    boolean hits(String stream) {
      return isDepth(stream);
    }

    @Override
    String tamper(String json) {
      return json.substring(0, json.length() / 2);
    }
  },
  /** The first price of a book's change has a digit more than its tick. */
  OFF_TICK {
    @Override
    String tamper(String json) {
      return LEVEL.matcher(json).replaceFirst("[\"$15\",\"$2\"]");
    }
  },
  /** A book's change brings a bid at twice the market. */
  CROSSED {
    @Override
    String tamper(String json) {
      Matcher first = LEVEL.matcher(json);
      if (!first.find()) {
        return json;
      }
      String high = times(first.group(1), 2);
      return BIDS.matcher(json)
          .replaceFirst(found -> "\"b\":[[\"" + high + "\",\"1.00000\"]" + comma(found));
    }

    private static String comma(MatchResult bids) {
      return bids.group(1).equals("]") ? "]" : "," + bids.group(1);
    }
  },
  /** Every quantity of a book's change is five thousand times itself. */
  DEPTH_SPIKE {
    @Override
    String tamper(String json) {
      return LEVEL
          .matcher(json)
          .replaceAll(
              level -> "[\"" + level.group(1) + "\",\"" + times(level.group(2), 5_000) + "\"]");
    }
  },
  /** A trade at twice its price. */
  FAR_TRADE {
    @Override
    boolean hits(String stream) {
      return stream.contains("@aggTrade");
    }

    @Override
    String tamper(String json) {
      return TRADE_PRICE
          .matcher(json)
          .replaceFirst(price -> "\"p\":\"" + times(price.group(1), 2) + "\"");
    }
  };

  private static final Pattern LEVEL = Pattern.compile("\\[\"([0-9.]+)\",\"([0-9.]+)\"]");
  private static final Pattern BIDS = Pattern.compile("\"b\":\\[(.)");
  private static final Pattern TRADE_PRICE = Pattern.compile("\"p\":\"([0-9.]+)\"");

  /** Whether a message of the stream can be broken so. */
  boolean hits(String stream) {
    return stream.contains("@depth");
  }

  /** The message, broken. */
  abstract String tamper(String json);

  /** As in {@code /sim/break/<path>}. */
  String path() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  static boolean isDepth(String stream) {
    return stream.contains("@depth") || stream.startsWith("level2/") || stream.startsWith("book/");
  }

  private static String times(String decimal, long factor) {
    return new BigDecimal(decimal).multiply(BigDecimal.valueOf(factor)).toPlainString();
  }
}
