package dev.papertape.command.execution;

import dev.papertape.contracts.execution.Allocation;
import dev.papertape.contracts.execution.Apportionment;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How the wishes of several alphas for one symbol become crossings inside and one order
 * (metrics.md): opposite wishes cross, the smaller side wholly, the larger pro rata; the order is
 * the rest. Whole lots throughout, by largest remainder, ties by alpha id. Pure.
 *
 * @param transfers signed base units that cross, by alpha id, none 0; they add up to 0
 * @param quantity of the order that follows, signed base units; 0 for none
 * @param allocations whose the order is; they add up to its size
 */
public record Netting(
    SortedMap<String, BigDecimal> transfers, BigDecimal quantity, List<Allocation> allocations) {

  /**
   * Nets the wishes.
   *
   * @param wishes d_i = target − held in base units by alpha id, exact, any sign
   * @param lot a multiple of it suits every venue
   */
  public static Netting of(Map<String, BigDecimal> wishes, BigDecimal lot) {
    SortedMap<String, BigDecimal> buys = side(wishes, 1);
    SortedMap<String, BigDecimal> sells = side(wishes, -1);
    BigDecimal bought = sum(buys);
    BigDecimal sold = sum(sells);
    BigDecimal crossed = lots(bought.min(sold), lot);
    SortedMap<String, BigDecimal> transfers = new TreeMap<>();
    if (crossed.signum() > 0) {
      cross(buys, crossed, lot, 1, transfers);
      cross(sells, crossed, lot, -1, transfers);
    }
    boolean buysLeft = bought.compareTo(sold) >= 0;
    BigDecimal size = lots(bought.subtract(sold).abs(), lot);
    SortedMap<String, BigDecimal> left = buysLeft ? buys : sells;
    left.replaceAll(
        (alphaId, wish) ->
            wish.subtract(transfers.getOrDefault(alphaId, BigDecimal.ZERO).abs())
                .max(BigDecimal.ZERO));
    return new Netting(
        transfers,
        buysLeft ? size : size.negate(),
        size.signum() == 0 ? List.of() : allocations(size, lot, left));
  }

  private static List<Allocation> allocations(
      BigDecimal size, BigDecimal lot, Map<String, BigDecimal> claims) {
    List<Allocation> allocations = new ArrayList<>();
    Apportionment.of(size, lot, claims)
        .forEach(
            (alphaId, quantity) -> {
              if (quantity.signum() > 0) {
                allocations.add(new Allocation(alphaId, quantity));
              }
            });
    return List.copyOf(allocations);
  }

  private static void cross(
      Map<String, BigDecimal> side,
      BigDecimal crossed,
      BigDecimal lot,
      int sign,
      Map<String, BigDecimal> transfers) {
    Apportionment.of(crossed, lot, side)
        .forEach(
            (alphaId, quantity) -> {
              if (quantity.signum() > 0) {
                transfers.put(alphaId, quantity.multiply(BigDecimal.valueOf(sign)));
              }
            });
  }

  /** Wishes of one direction, without their sign. */
  private static SortedMap<String, BigDecimal> side(Map<String, BigDecimal> wishes, int sign) {
    SortedMap<String, BigDecimal> side = new TreeMap<>();
    wishes.forEach(
        (alphaId, wish) -> {
          if (wish.signum() == sign) {
            side.put(alphaId, wish.abs());
          }
        });
    return side;
  }

  private static BigDecimal sum(Map<String, BigDecimal> side) {
    return side.values().stream().reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  private static BigDecimal lots(BigDecimal quantity, BigDecimal lot) {
    return quantity.divide(lot, 0, RoundingMode.DOWN).multiply(lot);
  }
}
