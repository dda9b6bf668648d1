package dev.papertape.contracts.report;

import static java.math.BigDecimal.ZERO;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Rounds figures so that they add up to their rounded sum (Hamilton's method): each down to the
 * unit, then one unit more to those with the largest remainders, ties by key.
 */
public final class LargestRemainder {
  private LargestRemainder() {}

  /**
   * @param exact by key
   * @param scale digits after the point
   * @return by key; adds up to the sum of {@code exact}, rounded half even
   */
  public static <K extends Comparable<? super K>> SortedMap<K, BigDecimal> round(
      Map<K, BigDecimal> exact, int scale) {
    BigDecimal sum = exact.values().stream().reduce(ZERO, BigDecimal::add);
    return round(exact, scale, sum.setScale(scale, RoundingMode.HALF_EVEN));
  }

  /**
   * @param total what the result adds up to; within one unit a figure of the sum of {@code exact}
   * @throws IllegalArgumentException when it is further away
   */
  public static <K extends Comparable<? super K>> SortedMap<K, BigDecimal> round(
      Map<K, BigDecimal> exact, int scale, BigDecimal total) {
    BigDecimal unit = BigDecimal.ONE.movePointLeft(scale);
    SortedMap<K, BigDecimal> rounded = new TreeMap<>();
    exact.forEach((key, value) -> rounded.put(key, value.setScale(scale, RoundingMode.FLOOR)));
    BigDecimal floor = rounded.values().stream().reduce(ZERO, BigDecimal::add);
    long missing = total.subtract(floor).divide(unit).longValueExact();
    if (missing < 0 || missing > exact.size()) {
      throw new IllegalArgumentException(exact + " cannot be rounded to add up to " + total);
    }
    List<Map.Entry<K, BigDecimal>> byRemainder = new ArrayList<>(rounded.entrySet());
    byRemainder.sort(
        Comparator.comparing(
                (Map.Entry<K, BigDecimal> floored) ->
                    floored.getValue().subtract(exact.getOrDefault(floored.getKey(), ZERO)))
            .thenComparing(Map.Entry.comparingByKey()));
    byRemainder.stream()
        .limit(missing)
        .forEach(entry -> entry.setValue(entry.getValue().add(unit)));
    return rounded;
  }
}
