package dev.papertape.command.population;

import static org.assertj.core.api.Assertions.assertThat;

import dev.papertape.contracts.market.Symbol;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;

class MemberBookTest {
  private static final Symbol BTC = new Symbol("BTC-USDT");

  /** Half a unit of spread, a tenth of a percent of fee. */
  private static final ShadowCosts COSTS =
      new ShadowCosts(new BigDecimal("0.5"), new BigDecimal("0.001"));

  private final MemberBook book = new MemberBook(new BigDecimal("1000"));

  /**
   * Buys 10 at 100.5: 1005 and 1.005 of fee, so −6.005 at the mid. At 110 it has 93.995. Sells 10
   * at 109.5: 1095 less 1.095; 87.9 remains.
   */
  @Test
  void everyChangePaysHalfTheSpreadAndTheFee() {
    book.follow(BTC, 1, 1, mid("100"), COSTS);
    assertThat(book.equity()).isEqualByComparingTo("-6.005");
    book.mark(BTC, mid("110"));
    assertThat(book.equity()).isEqualByComparingTo("93.995");
    book.follow(BTC, 0, 1, mid("110"), COSTS);
    assertThat(book.equity()).isEqualByComparingTo("87.9");
    assertThat(book.cash()).isEqualByComparingTo("87.9");
    assertThat(book.fees()).isEqualByComparingTo("2.1");
    assertThat(book.turnover()).isEqualByComparingTo("2100");
    assertThat(book.trades()).isEqualTo(2);
    assertThat(book.positions().getFirst().quantity()).isEqualByComparingTo("0");
  }

  /** Short 5 at 99.5, fee 0.4975; back at 80.5, fee 0.4025: 95 less 0.9. */
  @Test
  void aShortEarnsWhatFalls() {
    book.follow(BTC, -0.5, 1, mid("100"), COSTS);
    book.follow(BTC, 0, 1, mid("80"), COSTS);
    assertThat(book.equity()).isEqualByComparingTo("94.1");
  }

  @Test
  void smallDifferencesAreNotTradedButZeroIs() {
    book.follow(BTC, 1, 1, mid("100"), COSTS);
    book.follow(BTC, 0.95, 1, mid("100"), COSTS);
    assertThat(book.trades()).isEqualTo(1);
    assertThat(book.signal(BTC)).isEqualTo(0.95);
    book.follow(BTC, 0.9, 1, mid("100"), COSTS);
    assertThat(book.trades()).isEqualTo(2);
    book.follow(BTC, 0.82, 1, mid("100"), COSTS);
    book.follow(BTC, 0, 1, mid("100"), COSTS);
    assertThat(book.trades()).isEqualTo(3);
  }

  @Test
  void theRegimesShareOfASignalIsHeldAndTheSignalRemembered() {
    book.follow(BTC, 1, 0.5, mid("100"), COSTS);
    assertThat(book.positions().getFirst().quantity()).isEqualByComparingTo("5");
    assertThat(book.signal(BTC)).isEqualTo(1);
  }

  @Test
  void aCopyHoldsTheSameAndGoesItsOwnWay() {
    book.follow(BTC, 1, 1, mid("100"), COSTS);
    MemberBook copy = book.copy();
    assertThat(copy.equity()).isEqualByComparingTo(book.equity());
    assertThat(copy.trades()).isZero();
    copy.follow(BTC, 0, 1, mid("100"), COSTS);
    assertThat(book.positions().getFirst().quantity()).isEqualByComparingTo("10");
  }

  private static BigDecimal mid(String mid) {
    return new BigDecimal(mid);
  }
}
