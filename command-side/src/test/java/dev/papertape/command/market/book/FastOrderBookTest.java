package dev.papertape.command.market.book;

import static org.assertj.core.api.Assertions.assertThat;

import dev.papertape.command.market.BookSide;
import dev.papertape.command.market.Scale;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class FastOrderBookTest extends OrderBookContract {
  @Override
  LevelBook empty(Scale scale) {
    return new FastOrderBook(scale);
  }

  private interface Step {
    void on(LevelBook book);
  }

  @Property(tries = 300)
  void equalsTheNaiveBookAfterEveryStep(@ForAll("steps") List<Step> steps) {
    LevelBook fast = new FastOrderBook(new Scale(2, 3));
    LevelBook naive = new NaiveOrderBook(new Scale(2, 3));
    for (Step step : steps) {
      step.on(fast);
      step.on(naive);
      assertThat(content(fast)).isEqualTo(content(naive));
    }
  }

  /** The sum is kept from step to step, also over what is set far down, cut off and rescaled. */
  @Property(tries = 300)
  void depthIsTheNaiveBooksAfterEveryStep(@ForAll("steps") List<Step> steps) {
    LevelBook fast = new FastOrderBook(new Scale(2, 3));
    LevelBook naive = new NaiveOrderBook(new Scale(2, 3));
    int asked = 0;
    for (Step step : steps) {
      step.on(fast);
      step.on(naive);
      int levels = ++asked % 20 == 0 ? 4 : 5;
      for (BookSide side : BookSide.values()) {
        assertThat(fast.depth(side, levels)).isEqualTo(naive.depth(side, levels));
      }
    }
  }

  @Provide
  Arbitrary<List<Step>> steps() {
    Arbitrary<Step> set =
        Combinators.combine(
                Arbitraries.of(BookSide.class),
                Arbitraries.longs().between(1, 40),
                Arbitraries.longs().between(0, 4),
                Arbitraries.integers().between(2, 8))
            .as(
                (side, price, quantity, wireDecimals) ->
                    book -> book.set(side, price, quantity, wireDecimals, wireDecimals));
    Arbitrary<Step> other =
        Arbitraries.of(
            LevelBook::beginUpdate,
            LevelBook::clear,
            book -> book.truncate(3),
            book -> book.truncate(10),
            book ->
                book.rescale(
                    new Scale(
                        Math.min(8, book.scale().priceDecimals() + 1),
                        book.scale().quantityDecimals())));
    return Arbitraries.frequencyOf(
            net.jqwik.api.Tuple.of(30, set), net.jqwik.api.Tuple.of(1, other))
        .list()
        .ofMaxSize(120);
  }

  private static List<String> content(LevelBook book) {
    List<String> content = new ArrayList<>();
    for (BookSide side : BookSide.values()) {
      for (int i = 0; i < book.levels(side); i++) {
        content.add(
            "%s %d %d r%d at %d wire %d %d"
                .formatted(
                    side,
                    book.price(side, i),
                    book.quantity(side, i),
                    book.revision(side, i),
                    book.indexOf(side, book.price(side, i)),
                    book.priceWireDecimals(side, i),
                    book.quantityWireDecimals(side, i)));
      }
    }
    return content;
  }
}
