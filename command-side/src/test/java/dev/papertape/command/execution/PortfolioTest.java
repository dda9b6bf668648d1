package dev.papertape.command.execution;

import static dev.papertape.command.fixtures.TestVenue.BTC;
import static dev.papertape.command.fixtures.TestVenue.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.papertape.contracts.execution.AccountAfterFill;
import dev.papertape.contracts.execution.ExecutionEvent.PortfolioMarked;
import dev.papertape.contracts.execution.ExecutionEvent.PortfolioReset;
import dev.papertape.contracts.execution.ExecutionEvent.PositionClosed;
import dev.papertape.contracts.execution.FilledLevel;
import dev.papertape.contracts.execution.PositionMark;
import dev.papertape.contracts.execution.Side;
import dev.papertape.contracts.market.Symbol;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;

class PortfolioTest {
  private static final Symbol ETH = new Symbol("ETH-USDT");

  private final Portfolio portfolio = new Portfolio(new BigDecimal("10000.00"));

  @Test
  void buyingPaysTheNotionalAndTheFee() {
    AccountAfterFill account = fill(Side.BUY, "100", "2", "0.2").account();

    // 10000 − 200 − 0.2
    assertThat(account)
        .isEqualTo(
            new AccountAfterFill(
                new BigDecimal("9799.8"),
                new BigDecimal("2"),
                new BigDecimal("100"),
                BigDecimal.ZERO,
                BigDecimal.ZERO,
                new BigDecimal("0.2")));
  }

  @Test
  void aPartialCloseRealisesAgainstTheAverageCost() {
    fill(Side.BUY, "100", "1", "0");
    fill(Side.BUY, "110", "3", "0");
    Portfolio.FillResult result = fill(Side.SELL, "120", "2", "0");

    // average (100 + 330) / 4 = 107.5; 2 · (120 − 107.5)
    assertThat(result.account().realizedPnl()).isEqualTo("25");
    assertThat(result.account().averagePrice()).isEqualTo("107.5");
    assertThat(result.account().position()).isEqualTo("2");
    assertThat(result.closed()).isNull();
  }

  @Test
  void aShortGainsWhenThePriceFalls() {
    fill(Side.SELL, "100", "4", "0");
    AccountAfterFill account = fill(Side.BUY, "90", "1", "0").account();

    assertThat(account.realizedPnl()).isEqualTo("10");
    assertThat(account.position()).isEqualTo("-3");
    assertThat(account.averagePrice()).isEqualTo("100");
    // 10000 + 400 − 90
    assertThat(account.cash()).isEqualTo("10310");
  }

  @Test
  void goingFlatClosesTheRoundWithItsFees() {
    fill(Side.BUY, "100", "2", "0.2");
    fill(Side.SELL, "101", "1", "0.1");
    Portfolio.FillResult result =
        portfolio.fill(
            BTC, Side.SELL, levels("103", "1"), new BigDecimal("0.1"), NOON.plusSeconds(9));

    // 1 + 3; 0.2 + 0.1 + 0.1
    assertThat(result.closed())
        .isEqualTo(
            new PositionClosed(
                BTC, new BigDecimal("4"), new BigDecimal("0.4"), NOON, NOON.plusSeconds(9)));
    assertThat(result.account().averagePrice()).isNull();
    assertThat(result.account().position()).isEqualTo("0");
  }

  @Test
  void crossingThroughZeroClosesOneRoundAndOpensTheNext() {
    fill(Side.BUY, "100", "1", "0");
    Portfolio.FillResult crossing = fill(Side.SELL, "110", "4", "0.4");

    // 1 closes at 110 with a quarter of the fee; 3 open short at 110 with the rest
    assertThat(crossing.account().realizedPnl()).isEqualTo("10");
    assertThat(crossing.account().position()).isEqualTo("-3");
    assertThat(crossing.account().averagePrice()).isEqualTo("110");
    assertThat(crossing.closed())
        .isEqualTo(
            new PositionClosed(BTC, new BigDecimal("10"), new BigDecimal("0.1"), NOON, NOON));

    PositionClosed next = fill(Side.BUY, "100", "3", "0").closed();
    assertThat(next)
        .isEqualTo(
            new PositionClosed(BTC, new BigDecimal("30"), new BigDecimal("0.3"), NOON, NOON));
  }

  @Test
  void anAverageThatDoesNotEndIsRoundedForDisplayOnly() {
    portfolio.fill(
        BTC,
        Side.BUY,
        List.of(
            new FilledLevel(new BigDecimal("100"), BigDecimal.ONE),
            new FilledLevel(new BigDecimal("101"), new BigDecimal("2"))),
        BigDecimal.ZERO,
        NOON);
    // 302 / 3
    PortfolioMarked marked = portfolio.marked(_ -> new BigDecimal("101"), NOON);
    assertThat(marked.positions().getFirst().averagePrice()).isEqualTo("100.666666666667");
    // 303 − 302, not 3 · (101 − 100.666666666667)
    assertThat(marked.unrealizedPnl()).isEqualTo("1");

    AccountAfterFill third = fill(Side.SELL, "101", "1", "0").account();
    // releases 302 / 3 rounded to 12 decimals
    assertThat(third.realizedPnl()).isEqualTo("0.333333333333");
    AccountAfterFill flat = fill(Side.SELL, "101", "2", "0").account();
    assertThat(flat.totalRealizedPnl()).isEqualTo("1");
    assertThat(flat.cash()).isEqualTo("10001");
  }

  @Test
  void valuesTheAccountAtTheMarks() {
    fill(Side.BUY, "100", "2", "1");
    portfolio.fill(ETH, Side.SELL, levels("10", "5"), BigDecimal.ZERO, NOON);

    PortfolioMarked marked =
        portfolio.marked(symbol -> symbol.equals(BTC) ? new BigDecimal("105") : null, NOON);

    // cash 10000 − 200 − 1 + 50 = 9849; BTC 210; ETH without a mark at its cost −50
    assertThat(marked)
        .isEqualTo(
            new PortfolioMarked(
                "USDT",
                new BigDecimal("9849"),
                new BigDecimal("10009"),
                BigDecimal.ZERO,
                new BigDecimal("10"),
                new BigDecimal("1"),
                List.of(
                    new PositionMark(
                        BTC,
                        new BigDecimal("2"),
                        new BigDecimal("100"),
                        new BigDecimal("105"),
                        new BigDecimal("10"),
                        BigDecimal.ZERO),
                    new PositionMark(
                        ETH,
                        new BigDecimal("-5"),
                        new BigDecimal("10"),
                        null,
                        BigDecimal.ZERO,
                        BigDecimal.ZERO)),
                List.of(),
                NOON));
  }

  @Test
  void aRebateIsANegativeFee() {
    AccountAfterFill account = fill(Side.BUY, "100", "1", "-0.05").account();
    assertThat(account.cash()).isEqualTo("9900.05");
    assertThat(account.totalFees()).isEqualTo("-0.05");
  }

  @Test
  void aResetStartsANewAccount() {
    fill(Side.BUY, "100", "2", "1");
    portfolio.apply(new PortfolioReset("USDT", new BigDecimal("500.00"), "again", 1, NOON));

    PortfolioMarked marked = portfolio.marked(_ -> BigDecimal.TEN, NOON);
    assertThat(marked.equity()).isEqualTo("500");
    assertThat(marked.fees()).isEqualTo("0");
    assertThat(marked.positions()).isEmpty();
    assertThat(portfolio.quantity(BTC)).isEqualTo("0");
  }

  @Test
  void exposureLeavesOutTheGivenSymbol() {
    fill(Side.BUY, "100", "2", "0");
    portfolio.fill(ETH, Side.SELL, levels("10", "5"), BigDecimal.ZERO, NOON);
    // |−5 · 12|
    assertThat(portfolio.grossExposureWithout(BTC, _ -> new BigDecimal("12"))).isEqualTo("60");
    // without a mark at cost: 200
    assertThat(portfolio.grossExposureWithout(ETH, _ -> null)).isEqualTo("200");
  }

  private Portfolio.FillResult fill(Side side, String price, String quantity, String fee) {
    return portfolio.fill(BTC, side, levels(price, quantity), new BigDecimal(fee), NOON);
  }

  private static List<FilledLevel> levels(String price, String quantity) {
    return List.of(new FilledLevel(new BigDecimal(price), new BigDecimal(quantity)));
  }
}
