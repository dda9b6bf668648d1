package dev.papertape.command.execution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.papertape.contracts.execution.AccountAfterFill;
import dev.papertape.contracts.execution.AccountCheckpoint;
import dev.papertape.contracts.execution.ExecutionEvent;
import dev.papertape.contracts.execution.ExecutionEvent.AlphasCrossed;
import dev.papertape.contracts.execution.ExecutionEvent.AlphasCrossed.Transfer;
import dev.papertape.contracts.execution.ExecutionEvent.OrderFilled;
import dev.papertape.contracts.execution.ExecutionEvent.PortfolioReset;
import dev.papertape.contracts.execution.FilledLevel;
import dev.papertape.contracts.execution.Liquidity;
import dev.papertape.contracts.execution.Side;
import dev.papertape.contracts.market.Symbol;
import dev.papertape.contracts.market.Venue;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class SubAccountsTest {
  private static final Symbol BTC = new Symbol("BTC-USDT");
  private static final Symbol ETH = new Symbol("ETH-USDT");
  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
  private static final List<String> OWNERS = List.of("_manual", "breakout", "carry", "momentum");

  /**
   * momentum buys 2 at 100 (fee 0.2), then sells 1 to carry inside at 110 and 1 at 120 (fee 0.12):
   * 10 + 20 − 0.32 = 29.68. carry holds 1 bought at 110, worth 130: 20, and paid nothing. Together
   * 49.68, which is what the account made: −200 + 120 − 0.32 + 130.
   */
  @Test
  void aCrossingMovesPnlBetweenAlphasAndMakesNone() {
    SubAccounts all = new SubAccounts();
    all.apply(fill("f-1", BTC, Side.BUY, "100", "0.2", Map.of("momentum", "2")));
    all.apply(
        new AlphasCrossed(
            "r-1",
            BTC,
            new BigDecimal("110"),
            List.of(
                new Transfer("carry", BigDecimal.ONE),
                new Transfer("momentum", BigDecimal.ONE.negate())),
            NOON));
    all.apply(fill("f-2", BTC, Side.SELL, "120", "0.12", Map.of("momentum", "1")));

    BigDecimal mark = new BigDecimal("130");
    SubAccount momentum = all.all().get("momentum");
    SubAccount carry = all.all().get("carry");
    assertThat(momentum.pnl(BTC, mark)).isEqualByComparingTo("29.68");
    assertThat(momentum.state().trades()).isEqualTo(1);
    assertThat(momentum.state().wins()).isEqualTo(1);
    assertThat(carry.pnl(BTC, mark)).isEqualByComparingTo("20");
    assertThat(carry.state().turnover()).as("a crossing is no turnover").isEqualByComparingTo("0");
    assertThat(all.pnlOfAlphas(BTC, mark)).isEqualByComparingTo("49.68");
  }

  /** Fills of one or several owners, crossings, new accounts, as they come. */
  @Property(tries = 150)
  void theirSumIsTheAccountsAlwaysAndACheckpointGoesOn(@ForAll long seed) {
    Random random = new Random(seed);
    Portfolio portfolio = new Portfolio(new BigDecimal("1000000"));
    SubAccounts all = new SubAccounts();
    for (int n = 0; n < 60; n++) {
      ExecutionEvent event = next(random, n, all);
      portfolio.apply(event);
      all.apply(event);
      if (n % 20 == 10) {
        AccountCheckpoint checkpoint =
            portfolio.checkpoint(List.of()).with(all.states(), List.of(), List.of());
        all = SubAccounts.of(checkpoint);
      }
      assertAddsUp(portfolio, all, BTC);
      assertAddsUp(portfolio, all, ETH);
    }
  }

  private static void assertAddsUp(Portfolio portfolio, SubAccounts all, Symbol symbol) {
    BigDecimal quantity = BigDecimal.ZERO;
    BigDecimal cash = BigDecimal.ZERO;
    BigDecimal fees = BigDecimal.ZERO;
    for (SubAccount each : all.all().values()) {
      quantity = quantity.add(each.quantity(symbol));
      cash = cash.add(each.cashFlow(BTC)).add(each.cashFlow(ETH));
      fees = fees.add(each.feesOf(BTC)).add(each.feesOf(ETH));
    }
    assertThat(quantity).isEqualByComparingTo(portfolio.quantity(symbol));
    assertThat(portfolio.initialCash().add(cash).subtract(fees))
        .isEqualByComparingTo(portfolio.cash());
  }

  private static ExecutionEvent next(Random random, int n, SubAccounts all) {
    Symbol symbol = random.nextBoolean() ? BTC : ETH;
    if (random.nextInt(40) == 0) {
      return new PortfolioReset("USDT", new BigDecimal("1000000"), "again", n, NOON);
    }
    BigDecimal price = BigDecimal.valueOf(9_000 + random.nextInt(2_000), 2);
    if (random.nextInt(4) == 0) {
      BigDecimal crossed = BigDecimal.valueOf(1 + random.nextInt(500), 3);
      return new AlphasCrossed(
          "r-" + n,
          symbol,
          price,
          List.of(new Transfer("breakout", crossed), new Transfer("momentum", crossed.negate())),
          NOON);
    }
    OwnedRemainder owned = new OwnedRemainder(new TreeMap<>());
    BigDecimal whole = BigDecimal.ZERO;
    for (String owner : OWNERS) {
      if (random.nextBoolean()) {
        BigDecimal part = BigDecimal.valueOf(1 + random.nextInt(3_000), 3);
        owned.left().put(owner, part);
        whole = whole.add(part);
      }
    }
    if (whole.signum() == 0) {
      owned.left().put("momentum", BigDecimal.ONE);
      whole = BigDecimal.ONE;
    }
    // A part of the order fills, over two levels.
    BigDecimal lot = new BigDecimal("0.001");
    BigDecimal lots = whole.divide(lot).setScale(0);
    BigDecimal filled = lot.multiply(BigDecimal.valueOf(1 + random.nextInt(lots.intValueExact())));
    BigDecimal better =
        lot.multiply(BigDecimal.valueOf(random.nextInt(filled.movePointRight(3).intValueExact())));
    List<FilledLevel> levels = new ArrayList<>();
    if (better.signum() > 0) {
      levels.add(new FilledLevel(price, better));
    }
    levels.add(new FilledLevel(price.add(new BigDecimal("0.01")), filled.subtract(better)));
    BigDecimal fee = Notional.fee(Notional.of(levels), 7.5);
    return filled(
        "f-" + n,
        symbol,
        random.nextBoolean() ? Side.BUY : Side.SELL,
        filled,
        levels,
        fee,
        owned.shares(filled, fee, lot));
  }

  private static OrderFilled fill(
      String fillId,
      Symbol symbol,
      Side side,
      String price,
      String fee,
      Map<String, String> owners) {
    OwnedRemainder owned = new OwnedRemainder(new TreeMap<>());
    owners.forEach((owner, part) -> owned.left().put(owner, new BigDecimal(part)));
    BigDecimal quantity = owned.left().values().stream().reduce(BigDecimal.ZERO, BigDecimal::add);
    BigDecimal paid = new BigDecimal(fee);
    return filled(
        fillId,
        symbol,
        side,
        quantity,
        List.of(new FilledLevel(new BigDecimal(price), quantity)),
        paid,
        owned.shares(quantity, paid, BigDecimal.ONE));
  }

  private static OrderFilled filled(
      String fillId,
      Symbol symbol,
      Side side,
      BigDecimal quantity,
      List<FilledLevel> levels,
      BigDecimal fee,
      List<dev.papertape.contracts.execution.FillShare> shares) {
    BigDecimal zero = BigDecimal.ZERO;
    return new OrderFilled(
        "o-1",
        fillId,
        "d-1",
        "_combined",
        0,
        new Venue("ALTO"),
        symbol,
        side,
        quantity,
        levels.getFirst().price(),
        levels,
        fee,
        7.5,
        Liquidity.TAKER,
        null,
        levels.getFirst().price(),
        levels.getFirst().price(),
        30,
        zero,
        new AccountAfterFill(zero, zero, null, zero, zero, zero),
        shares,
        NOON);
  }
}
