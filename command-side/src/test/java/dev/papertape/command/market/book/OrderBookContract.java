package dev.papertape.command.market.book;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.papertape.command.market.BookSide;
import dev.papertape.command.market.Scale;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every book does, whatever it is made of. */
abstract class OrderBookContract {
  private static final Scale CENTS_AND_MILLIS = new Scale(2, 3);

  private LevelBook book;

  abstract LevelBook empty(Scale scale);

  @BeforeEach
  void emptyBook() {
    book = empty(CENTS_AND_MILLIS);
  }

  @Test
  void emptySideHasNoLevels() {
    assertThat(book.levels(BookSide.BID)).isZero();
    assertThat(book.indexOf(BookSide.ASK, 100)).isEqualTo(-1);
    assertThatThrownBy(() -> book.price(BookSide.BID, 0))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void bestBidIsTheHighestAndBestAskTheLowest() {
    set(BookSide.BID, 9_998, 1);
    set(BookSide.BID, 10_000, 2);
    set(BookSide.BID, 9_999, 3);
    set(BookSide.ASK, 10_003, 4);
    set(BookSide.ASK, 10_001, 5);
    set(BookSide.ASK, 10_002, 6);

    assertThat(prices(BookSide.BID)).containsExactly(10_000, 9_999, 9_998);
    assertThat(prices(BookSide.ASK)).containsExactly(10_001, 10_002, 10_003);
    assertThat(book.quantity(BookSide.BID, 0)).isEqualTo(2);
    assertThat(book.quantity(BookSide.ASK, 2)).isEqualTo(4);
    assertThat(book.indexOf(BookSide.BID, 9_998)).isEqualTo(2);
    assertThat(book.indexOf(BookSide.ASK, 10_002)).isEqualTo(1);
  }

  @Test
  void depthAddsUpTheBestLevelsAndEndsAtTheGreatestLong() {
    set(BookSide.BID, 10_000, 3);
    set(BookSide.BID, 9_999, 4);
    set(BookSide.BID, 9_998, 5);
    assertThat(book.depth(BookSide.BID, 0)).isZero();
    assertThat(book.depth(BookSide.BID, 2)).isEqualTo(7);
    assertThat(book.depth(BookSide.BID, 9)).isEqualTo(12);
    assertThat(book.depth(BookSide.ASK, 2)).isZero();

    set(BookSide.BID, 10_001, Long.MAX_VALUE - 12);
    assertThat(book.depth(BookSide.BID, 4)).isEqualTo(Long.MAX_VALUE);
    assertThat(book.depth(BookSide.BID, 3)).isEqualTo(Long.MAX_VALUE - 5);
    set(BookSide.BID, 9_997, 1);
    assertThat(book.depth(BookSide.BID, 5)).as("one more than fits").isEqualTo(Long.MAX_VALUE);
    set(BookSide.BID, 10_000, Long.MAX_VALUE);
    assertThat(book.depth(BookSide.BID, 2)).isEqualTo(Long.MAX_VALUE);
    set(BookSide.BID, 10_001, 0);
    set(BookSide.BID, 10_000, 3);
    assertThat(book.depth(BookSide.BID, 5)).isEqualTo(13);
  }

  @Test
  void quantityReplacesAndZeroRemoves() {
    set(BookSide.ASK, 10_001, 5);
    set(BookSide.ASK, 10_002, 6);
    set(BookSide.ASK, 10_001, 7);
    assertThat(book.quantity(BookSide.ASK, 0)).isEqualTo(7);

    set(BookSide.ASK, 10_001, 0);
    assertThat(prices(BookSide.ASK)).containsExactly(10_002);
  }

  @Test
  void removingAnUnknownLevelChangesNothing() {
    set(BookSide.BID, 10_000, 1);
    set(BookSide.BID, 9_999, 0);
    assertThat(prices(BookSide.BID)).containsExactly(10_000);
  }

  @Test
  void revisionIsTheUpdateThatLastSetTheLevel() {
    book.beginUpdate();
    set(BookSide.BID, 10_000, 1);
    set(BookSide.BID, 9_999, 1);
    book.beginUpdate();
    set(BookSide.BID, 9_999, 1);

    assertThat(book.revision(BookSide.BID, 0)).isEqualTo(1);
    assertThat(book.revision(BookSide.BID, 1)).isEqualTo(2);
  }

  @Test
  void revisionsGoOnAfterClear() {
    book.beginUpdate();
    set(BookSide.BID, 10_000, 1);
    book.clear();
    book.beginUpdate();
    set(BookSide.BID, 10_000, 1);

    assertThat(book.revision(BookSide.BID, 0)).isEqualTo(2);
  }

  @Test
  void lockedIsNotCrossed() {
    set(BookSide.BID, 10_000, 1);
    assertThat(book.crossed()).isFalse();
    set(BookSide.ASK, 10_000, 1);
    assertThat(book.crossed()).isFalse();
    set(BookSide.BID, 10_001, 1);
    assertThat(book.crossed()).isTrue();
  }

  @Test
  void textIsTheWiresTrailingZerosIncluded() {
    book.set(BookSide.BID, 10_050, 1_500, 4, 8);

    assertThat(book.wirePrice(BookSide.BID, 0)).isEqualTo("100.5000");
    assertThat(book.wireQuantity(BookSide.BID, 0)).isEqualTo("1.50000000");
  }

  @Test
  void finerScaleKeepsEveryValue() {
    book.set(BookSide.BID, 10_050, 1_500, 1, 1);
    book.set(BookSide.ASK, 10_051, 2_000, 2, 0);

    book.rescale(new Scale(4, 5));

    assertThat(book.scale()).isEqualTo(new Scale(4, 5));
    assertThat(book.price(BookSide.BID, 0)).isEqualTo(1_005_000);
    assertThat(book.quantity(BookSide.ASK, 0)).isEqualTo(200_000);
    assertThat(book.wirePrice(BookSide.BID, 0)).isEqualTo("100.5");
    assertThat(book.wireQuantity(BookSide.ASK, 0)).isEqualTo("2");
  }

  @Test
  void scaleThatDoesNotFitIsRefusedAndNothingChanges() {
    set(BookSide.ASK, Long.MAX_VALUE / 100, 1);

    assertThatThrownBy(() -> book.requireFits(new Scale(5, 3)))
        .isInstanceOf(ArithmeticException.class);
    assertThat(book.scale()).isEqualTo(CENTS_AND_MILLIS);
    assertThat(prices(BookSide.ASK)).containsExactly(Long.MAX_VALUE / 100);
  }

  @Test
  void thousandLevelsStayInOrder() {
    for (int i = 0; i < 1000; i++) {
      set(BookSide.BID, 1 + i * 7919L % 1000, 1 + i);
    }
    assertThat(book.levels(BookSide.BID)).isEqualTo(1000);
    assertThat(book.price(BookSide.BID, 0)).isEqualTo(1000);
    assertThat(book.price(BookSide.BID, 999)).isEqualTo(1);
  }

  @Test
  void keepsTheBestAfterEveryOfManyChanges() {
    for (int i = 1; i <= 5000; i++) {
      set(BookSide.BID, i, i);
      if (i > 500) {
        set(BookSide.BID, i - 500, 9);
      }
      book.truncate(300);
      assertThat(book.levels(BookSide.BID)).isEqualTo(Math.min(i, 300));
      assertThat(book.price(BookSide.BID, 0)).isEqualTo(i);
      assertThat(book.quantity(BookSide.BID, book.levels(BookSide.BID) - 1))
          .isEqualTo(Math.max(1, i - 299));
    }
    assertThat(prices(BookSide.BID))
        .isEqualTo(LongStream.range(0, 300).map(i -> 5000 - i).toArray());
  }

  private void set(BookSide side, long price, long quantity) {
    book.set(side, price, quantity, 2, 3);
  }

  private long[] prices(BookSide side) {
    long[] prices = new long[book.levels(side)];
    for (int i = 0; i < prices.length; i++) {
      prices[i] = book.price(side, i);
    }
    return prices;
  }
}
