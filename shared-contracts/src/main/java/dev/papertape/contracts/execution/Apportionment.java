package dev.papertape.contracts.execution;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Shares a whole among owners in proportion, in whole units by the method of the largest remainder
 * (Hare, Niemeyer); equal remainders go by the owner's id. The shares add up to the whole exactly.
 */
public final class Apportionment {
  private static final int MONEY_DECIMALS = 12;

  private Apportionment() {}

  /**
   * Each owner's share.
   *
   * @param whole any sign; must be a multiple of {@code unit}
   * @param unit of a share, &gt; 0
   * @param claims by owner, &ge; 0, not all 0
   * @return by owner, with the sign of {@code whole}; an owner may have 0
   */
  public static SortedMap<String, BigDecimal> of(
      BigDecimal whole, BigDecimal unit, Map<String, BigDecimal> claims) {
    BigDecimal total = claims.values().stream().reduce(BigDecimal.ZERO, BigDecimal::add);
    if (total.signum() <= 0 || claims.values().stream().anyMatch(claim -> claim.signum() < 0)) {
      throw new IllegalArgumentException("claims are 0 or more, and not all 0: " + claims);
    }
    BigInteger units = whole.abs().divide(unit, 0, RoundingMode.UNNECESSARY).toBigIntegerExact();
    SortedMap<String, BigDecimal> shares = new TreeMap<>();
    List<Map.Entry<String, BigDecimal>> remainders = new ArrayList<>();
    BigInteger left = units;
    for (Map.Entry<String, BigDecimal> claim : new TreeMap<>(claims).entrySet()) {
      BigDecimal[] part =
          claim.getValue().multiply(new BigDecimal(units)).divideAndRemainder(total);
      left = left.subtract(part[0].toBigInteger());
      shares.put(claim.getKey(), part[0]);
      remainders.add(Map.entry(claim.getKey(), part[1]));
    }
    // Stable, and the owners stand in order: so equal remainders go by id.
    remainders.sort(Map.Entry.comparingByValue(Comparator.reverseOrder()));
    for (int n = 0; n < left.intValueExact(); n++) {
      shares.merge(remainders.get(n).getKey(), BigDecimal.ONE, BigDecimal::add);
    }
    BigDecimal signedUnit = whole.signum() < 0 ? unit.negate() : unit;
    shares.replaceAll((_, part) -> plain(part.multiply(signedUnit)));
    return shares;
  }

  /** As {@link #of}, of money: to twelve decimals, or as many as the whole has. */
  public static SortedMap<String, BigDecimal> ofMoney(
      BigDecimal whole, Map<String, BigDecimal> claims) {
    int decimals = Math.max(MONEY_DECIMALS, whole.scale());
    return of(whole, BigDecimal.ONE.movePointLeft(decimals), claims);
  }

  private static BigDecimal plain(BigDecimal value) {
    BigDecimal stripped = value.stripTrailingZeros();
    return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
  }
}
