package dev.papertape.command.execution;

import static dev.papertape.command.fixtures.TestVenue.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.papertape.command.fixtures.TestVenue;
import dev.papertape.command.market.BookSide;
import dev.papertape.command.router.QosWeights;
import dev.papertape.command.router.RouterPolicy;
import dev.papertape.contracts.execution.FilledLevel;
import dev.papertape.contracts.execution.Side;
import dev.papertape.contracts.market.BookState;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PaperFillTest {
  private final TestVenue venue =
      new TestVenue("A").bid("99.00", "5").bid("98.00", "5").ask("100.00", "2").ask("101.00", "4");
  private final ConsumedLiquidity consumed = new ConsumedLiquidity();
  private RouterPolicy policy = RouterPolicy.DEFAULT;

  @Test
  void takesTheLevelsFromTheBest() {
    PaperFill fill = take(Side.BUY, "3", null);

    assertThat(fill.levels()).containsExactly(level("100.00", "2.000"), level("101.00", "1.000"));
    assertThat(fill.quantity()).isEqualByComparingTo("3");
    assertThat(fill.unfilled()).isZero();
    assertThat(fill.shortfall()).isNull();
  }

  @Test
  void aSellTakesTheBids() {
    assertThat(take(Side.SELL, "6", null).levels())
        .containsExactly(level("99.00", "5.000"), level("98.00", "1.000"));
  }

  @Test
  void leavesWhatTheBookDoesNotShow() {
    PaperFill fill = take(Side.BUY, "10", null);
    assertThat(fill.quantity()).isEqualByComparingTo("6");
    assertThat(fill.unfilled()).isEqualByComparingTo("4");
    assertThat(fill.shortfall()).isEqualTo(Shortfall.IOC_REMAINDER);
  }

  @Test
  void respectsTheLimit() {
    PaperFill fill = take(Side.BUY, "3", "100.99");
    assertThat(fill.levels()).containsExactly(level("100.00", "2.000"));
    assertThat(fill.shortfall()).isEqualTo(Shortfall.IOC_REMAINDER);

    PaperFill nothing = take(Side.SELL, "3", "99.01");
    assertThat(nothing.levels()).isEmpty();
    assertThat(nothing.shortfall()).isEqualTo(Shortfall.NO_LIQUIDITY_WITHIN_LIMIT);
  }

  @Test
  void aLimitBetweenTwoTicksIsRoundedToTheOrdersFavour() {
    assertThat(take(Side.BUY, "1", "99.999").levels()).isEmpty();
    assertThat(take(Side.SELL, "1", "98.995").levels()).containsExactly(level("99.00", "1.000"));
  }

  @Test
  void twoOrdersDoNotEatTheSameLiquidity() {
    take(Side.BUY, "1.500", null);
    assertThat(take(Side.BUY, "1", null).levels())
        .containsExactly(level("100.00", "0.500"), level("101.00", "0.500"));
    assertThat(take(Side.BUY, "10", null).quantity()).isEqualByComparingTo("3.5");
    assertThat(take(Side.BUY, "1", null).shortfall())
        .isEqualTo(Shortfall.NO_LIQUIDITY_WITHIN_LIMIT);
  }

  @Test
  void aRefreshedLevelFillsAgainInFull() {
    take(Side.BUY, "2", null);
    venue.book.set(BookSide.ASK, "100.00", "2");
    assertThat(take(Side.BUY, "2", null).levels()).containsExactly(level("100.00", "2.000"));
  }

  @Test
  void anUpdateOfAnotherLevelRefreshesNothing() {
    take(Side.BUY, "2", null);
    venue.book.set(BookSide.ASK, "100.50", "1");
    assertThat(take(Side.BUY, "2", null).levels())
        .containsExactly(level("100.50", "1.000"), level("101.00", "1.000"));
  }

  @Test
  void remembersLevelsBeyondItsFirstPruning() {
    venue.bid("99.00", "0").bid("98.00", "0");
    for (int cents = 0; cents < 100; cents++) {
      venue.book.set(BookSide.ASK, "90." + (cents < 10 ? "0" : "") + cents, "1");
    }
    assertThat(take(Side.BUY, "100", "90.99").quantity()).isEqualByComparingTo("100");
    assertThat(take(Side.BUY, "100", "90.99").quantity()).isZero();
  }

  @Test
  void aFinerScaleOfTheBookRefreshesNothing() {
    take(Side.BUY, "1.500", null);
    venue.book.rescale(4, 5);
    assertThat(take(Side.BUY, "1", "100.00").quantity()).isEqualByComparingTo("0.5");
  }

  @Test
  void takesNoMoreThanTheParticipationOfEachLevel() {
    policy = new RouterPolicy("half", 2_000, 1, 1, 50, 250, QosWeights.DEFAULT, 1_000);

    PaperFill fill = take(Side.BUY, "5", null);

    assertThat(fill.levels()).containsExactly(level("100.00", "1.000"), level("101.00", "2.000"));
    assertThat(fill.shortfall()).isEqualTo(Shortfall.PARTICIPATION_CAP);
  }

  @Test
  void fillsWholeLots() {
    venue.rules("0.500", "0");
    venue.book.set(BookSide.ASK, "100.00", "1.750");
    assertThat(take(Side.BUY, "2", "100.00").levels()).containsExactly(level("100.00", "1.500"));
  }

  @Test
  void aBookThatIsNotInOrderFillsNothing() {
    venue.state = BookState.RESYNCING;
    assertThat(take(Side.BUY, "1", null).shortfall()).isEqualTo(Shortfall.BOOK_NOT_SYNCED);
    venue.state = BookState.SUSPECT;
    assertThat(take(Side.BUY, "1", null).shortfall()).isEqualTo(Shortfall.BOOK_NOT_SYNCED);
    venue.state = BookState.STALE;
    assertThat(take(Side.BUY, "1", null).shortfall()).isEqualTo(Shortfall.BOOK_STALE);
    venue.state = BookState.SYNCED;
    venue.bid("100.01", "1");
    PaperFill crossed = take(Side.BUY, "1", null);
    assertThat(crossed.shortfall()).isEqualTo(Shortfall.BOOK_NOT_SYNCED);
    assertThat(crossed.unfilled()).isEqualByComparingTo("1");
  }

  private PaperFill take(Side side, String quantity, @Nullable String limit) {
    return PaperFill.take(
        venue,
        consumed,
        side,
        new BigDecimal(quantity),
        limit == null ? null : new BigDecimal(limit),
        policy,
        NOON);
  }

  private static FilledLevel level(String price, String quantity) {
    return new FilledLevel(new BigDecimal(price), new BigDecimal(quantity));
  }
}
