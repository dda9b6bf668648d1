package dev.papertape.query.report;

import static java.math.BigDecimal.ZERO;

import dev.papertape.contracts.report.LargestRemainder;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Collection;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/** Money as reports show it: in cents, by largest remainder, so that columns add up. */
public final class Cents {
  private static final int SCALE = 2;

  private Cents() {}

  public static <K extends Comparable<? super K>> SortedMap<K, BigDecimal> of(
      Map<K, BigDecimal> exact) {
    return LargestRemainder.round(exact, SCALE);
  }

  /** One column of a table. */
  public static <K extends Comparable<? super K>, R> SortedMap<K, BigDecimal> of(
      Map<K, R> rows, Function<R, BigDecimal> column) {
    SortedMap<K, BigDecimal> exact = new TreeMap<>();
    rows.forEach((key, row) -> exact.put(key, column.apply(row)));
    return of(exact);
  }

  public static BigDecimal of(BigDecimal exact) {
    return exact.setScale(SCALE, RoundingMode.HALF_EVEN);
  }

  /** Of what is in cents already; 0.00 of nothing. */
  public static BigDecimal sum(Collection<BigDecimal> cents) {
    return cents.stream().reduce(ZERO.setScale(SCALE), BigDecimal::add);
  }
}
