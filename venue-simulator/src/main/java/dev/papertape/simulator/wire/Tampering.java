package dev.papertape.simulator.wire;

import java.math.BigDecimal;
import java.util.function.BinaryOperator;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How one wire's messages are broken. Works on the text, so that all else of it stays as it was.
 *
 * @param depth whether a stream brings changes of a book
 * @param trades whether a stream brings the trades that a price is judged by
 * @param level one level of a book's change: its first group the price, its second the quantity
 * @param tradePrice of one trade: its first group
 * @param withBid the message and a price → the message with one bid more at that price, before all
 *     others
 */
public record Tampering(
    Predicate<String> depth,
    Predicate<String> trades,
    Pattern level,
    Pattern tradePrice,
    BinaryOperator<String> withBid) {

  private static final int SPIKE = 100_000;
  private static final int FAR = 2;

  /** Whether a message can be broken so. */
  public boolean hits(Fault fault, String stream, String json) {
    return switch (fault) {
      case MALFORMED -> depth.test(stream);
      case OFF_TICK, CROSSED -> depth.test(stream) && level.matcher(json).find();
      case DEPTH_SPIKE -> depth.test(stream) && setsAnyLevel(json);
      case FAR_TRADE -> trades.test(stream);
    };
  }

  /** The message, broken; only one that the fault {@link #hits}. */
  public String tamper(Fault fault, String json) {
    return switch (fault) {
      case MALFORMED -> json.substring(0, json.length() / 2);
      case OFF_TICK ->
          replaceFirst(level, 1, json, price -> price.contains(".") ? price + 5 : price + ".5");
      case CROSSED -> withBid.apply(json, times(firstPrice(json), FAR));
      case DEPTH_SPIKE -> replaceAll(level, 2, json, quantity -> times(quantity, SPIKE));
      case FAR_TRADE -> replaceFirst(tradePrice, 1, json, price -> times(price, FAR));
    };
  }

  /** A change that only removes levels cannot be multiplied. */
  private boolean setsAnyLevel(String json) {
    return level
        .matcher(json)
        .results()
        .anyMatch(found -> new BigDecimal(found.group(2)).signum() > 0);
  }

  private String firstPrice(String json) {
    Matcher first = level.matcher(json);
    if (!first.find()) {
      throw new IllegalArgumentException("no level in " + json);
    }
    return first.group(1);
  }

  private static String replaceFirst(
      Pattern pattern, int group, String json, UnaryOperator<String> change) {
    return pattern.matcher(json).replaceFirst(found -> changed(found, group, change));
  }

  private static String replaceAll(
      Pattern pattern, int group, String json, UnaryOperator<String> change) {
    return pattern.matcher(json).replaceAll(found -> changed(found, group, change));
  }

  private static String changed(MatchResult found, int group, UnaryOperator<String> change) {
    String whole = found.group();
    return Matcher.quoteReplacement(
        whole.substring(0, found.start(group) - found.start())
            + change.apply(found.group(group))
            + whole.substring(found.end(group) - found.start()));
  }

  private static String times(String decimal, long factor) {
    return new BigDecimal(decimal).multiply(BigDecimal.valueOf(factor)).toPlainString();
  }
}
