package dev.papertape.command.execution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.papertape.contracts.execution.Allocation;
import dev.papertape.contracts.execution.FillShare;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class NettingTest {
  private static final BigDecimal LOT = new BigDecimal("0.1");

  /**
   * Three wishes for one symbol, lot 0.1: a buys 1.0, b buys 0.5, c sells 0.6. The smaller side (c)
   * crosses wholly: 0.6. Of it a gets 0.6 · 1.0/1.5 = 0.4 and b 0.6 · 0.5/1.5 = 0.2. What is left
   * is a 0.6 and b 0.3, so the order buys 0.9: a's 0.6, b's 0.3.
   */
  @Test
  void oppositeWishesCrossAndTheRestIsOneOrder() {
    Netting netting = Netting.of(wishes("a", "1.0", "b", "0.5", "c", "-0.6"), LOT);
    assertThat(netting.transfers().get("a")).isEqualByComparingTo("0.4");
    assertThat(netting.transfers().get("b")).isEqualByComparingTo("0.2");
    assertThat(netting.transfers().get("c")).isEqualByComparingTo("-0.6");
    assertThat(netting.quantity()).isEqualByComparingTo("0.9");
    assertThat(netting.allocations())
        .containsExactly(allocation("a", "0.6"), allocation("b", "0.3"));
  }

  /**
   * The order of the example fills 0.5 of 0.9, fee 0.05. a: 0.5 · 0.6/0.9 = 0.333 is 3 lots, rest
   * 1/3; b: 0.5 · 0.3/0.9 = 0.167 is 1 lot, rest 2/3: the fifth lot is b's. Fees go by quantity: a
   * 0.05 · 3/5 = 0.03, b 0.02. Then 0.4 is left, a's 0.3 and b's 0.1, and the last fill of 0.4
   * gives each exactly that.
   */
  @Test
  void aPartialFillGoesToTheOwnersInProportionAndAFullOneGivesEachItsAllocation() {
    OwnedRemainder owned =
        new OwnedRemainder(
            new TreeMap<>(Map.of("a", new BigDecimal("0.6"), "b", new BigDecimal("0.3"))));
    List<FillShare> first = owned.shares(new BigDecimal("0.5"), new BigDecimal("0.05"), LOT);
    assertThat(first).containsExactly(share("a", "0.3", "0.03"), share("b", "0.2", "0.02"));

    List<FillShare> last =
        owned.after(first).shares(new BigDecimal("0.4"), new BigDecimal("0.04"), LOT);
    assertThat(last).containsExactly(share("a", "0.3", "0.03"), share("b", "0.1", "0.01"));
    assertThat(owned.after(first).after(last).left()).isEmpty();
  }

  @Test
  void equalRemaindersGoByTheAlphasId() {
    // 0.1 for two equal wishes: one lot, and a comes before b.
    Netting netting = Netting.of(wishes("b", "0.05", "a", "0.05"), LOT);
    assertThat(netting.allocations()).containsExactly(allocation("a", "0.1"));
  }

  @Test
  void wishesThatCancelOutLeaveNoOrder() {
    Netting netting = Netting.of(wishes("a", "0.3", "b", "-0.3"), LOT);
    assertThat(netting.quantity()).isEqualByComparingTo("0");
    assertThat(netting.allocations()).isEmpty();
    assertThat(netting.transfers()).hasSize(2);
  }

  @Property(tries = 300)
  void nothingIsLostWhateverTheWishes(
      @ForAll @Size(min = 1, max = 6) List<@IntRange(min = -5_000, max = 5_000) Integer> cents) {
    Map<String, BigDecimal> wishes = new LinkedHashMap<>();
    for (int n = 0; n < cents.size(); n++) {
      wishes.put("alpha-" + n, new BigDecimal(cents.get(n)).movePointLeft(2));
    }
    Netting netting = Netting.of(wishes, LOT);

    assertThat(sum(netting.transfers())).isEqualByComparingTo("0");
    BigDecimal allocated =
        netting.allocations().stream()
            .map(Allocation::quantity)
            .reduce(BigDecimal.ZERO, BigDecimal::add);
    assertThat(allocated).isEqualByComparingTo(netting.quantity().abs());
    BigDecimal wanted = sum(wishes);
    assertThat(wanted.subtract(netting.quantity()).abs()).isLessThan(LOT);
    // Nobody is moved further than a lot beyond what it wished for.
    wishes.forEach(
        (alphaId, wish) -> {
          BigDecimal moved =
              netting
                  .transfers()
                  .getOrDefault(alphaId, BigDecimal.ZERO)
                  .add(bought(netting, alphaId));
          assertThat(
                  moved.subtract(wish).signum() * wish.signum() > 0
                      && moved.subtract(wish).abs().compareTo(LOT.multiply(BigDecimal.TWO)) > 0)
              .isFalse();
        });
    assertThat(Netting.of(new HashMap<>(new TreeMap<>(wishes).descendingMap()), LOT))
        .as("the order of the alphas changes nothing")
        .isEqualTo(netting);
  }

  private static BigDecimal bought(Netting netting, String alphaId) {
    BigDecimal sign = BigDecimal.valueOf(netting.quantity().signum());
    return netting.allocations().stream()
        .filter(part -> part.alphaId().equals(alphaId))
        .map(part -> part.quantity().multiply(sign))
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  private static BigDecimal sum(Map<String, BigDecimal> parts) {
    return parts.values().stream().reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  private static Map<String, BigDecimal> wishes(String... pairs) {
    Map<String, BigDecimal> wishes = new LinkedHashMap<>();
    for (int n = 0; n < pairs.length; n += 2) {
      wishes.put(pairs[n], new BigDecimal(pairs[n + 1]));
    }
    return wishes;
  }

  private static Allocation allocation(String alphaId, String quantity) {
    return new Allocation(alphaId, new BigDecimal(quantity));
  }

  private static FillShare share(String alphaId, String quantity, String fee) {
    return new FillShare(alphaId, new BigDecimal(quantity), new BigDecimal(fee));
  }
}
