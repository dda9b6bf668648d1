package dev.papertape.command.population;

import dev.papertape.command.alpha.Alpha;
import dev.papertape.command.alpha.AlphaMoment;
import dev.papertape.command.alpha.RegimeScale;
import dev.papertape.contracts.market.Symbol;
import dev.papertape.contracts.population.Member;
import dev.papertape.contracts.population.MemberScore;
import dev.papertape.contracts.population.PopulationSpec;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * One member while it trades in the shadow: its alpha, its book, and its returns of this
 * generation. One that throws or gives what is no signal is asked no more until it is replaced.
 */
final class ShadowMember {
  private final PopulationSpec spec;
  private final String memberId;
  private final @Nullable Alpha alpha;
  private final MemberBook book;
  private Returns returns = new Returns();

  /** At the beginning of the generation. */
  private BigDecimal begun;

  /** At the newest return. */
  private BigDecimal counted;

  private @Nullable String failure;

  /** Makes the alpha of a member. */
  @FunctionalInterface
  interface Alphas {
    /**
     * @throws RuntimeException if there is none of these parameters
     */
    Alpha of(PopulationSpec spec, Member member);
  }

  private ShadowMember(PopulationSpec spec, Member member, Alphas alphas, MemberBook book) {
    this.spec = spec;
    this.memberId = member.memberId();
    this.book = book;
    this.begun = book.equity();
    this.counted = begun;
    Alpha made = null;
    try {
      made = alphas.of(spec, member);
    } catch (RuntimeException unmade) {
      failure = "cannot be made: " + unmade.getMessage();
    }
    this.alpha = made;
  }

  /** At the beginning of a generation. */
  static ShadowMember beginning(
      PopulationSpec spec, Member member, Alphas alphas, @Nullable MemberBook book) {
    return new ShadowMember(
        spec, member, alphas, book == null ? new MemberBook(spec.notional()) : book);
  }

  /** In the middle of a generation, as an earlier life of the engine left it. */
  static ShadowMember resuming(
      PopulationSpec spec, Member member, Alphas alphas, MemberScore left) {
    MemberBook book =
        MemberBook.of(spec.notional(), left.cash(), left.positions())
            .counting(left.fees(), left.turnover(), left.trades());
    ShadowMember resumed = new ShadowMember(spec, member, alphas, book);
    resumed.returns = new Returns(left.returns(), left.mean(), left.sumSquares());
    resumed.begun = resumed.counted.subtract(left.pnl());
    resumed.failure = resumed.failure == null ? left.failure() : resumed.failure;
    return resumed;
  }

  /** Samples of the mid that its alpha looks at. */
  int lookBack() {
    return alpha == null ? 1 : alpha.lookBack();
  }

  MemberBook book() {
    return book;
  }

  /** Begins another generation with the same parameters. */
  void beginAnew() {
    returns = new Returns();
    book.countAnew();
    begun = book.equity();
    counted = begun;
  }

  /** The last signal that it gave for the symbol. */
  double previous(Symbol symbol) {
    return book.signal(symbol);
  }

  /**
   * What happened to the symbol's mid since the last sample counts as nothing: nobody watched. What
   * is traded on it counts.
   */
  void catchUp(Symbol symbol, BigDecimal mid) {
    BigDecimal before = book.equity();
    book.mark(symbol, mid);
    BigDecimal unwatched = book.equity().subtract(before);
    begun = begun.add(unwatched);
    counted = counted.add(unwatched);
  }

  void sample(Symbol symbol, AlphaMoment moment, BigDecimal mid, ShadowCosts costs) {
    Double signal = failure == null ? ask(moment) : null;
    if (signal == null) {
      book.mark(symbol, mid);
    } else {
      double share = RegimeScale.of(spec.kind(), moment.regime());
      book.follow(symbol, signal, share, mid, costs);
    }
  }

  private @Nullable Double ask(AlphaMoment moment) {
    if (alpha == null) {
      return null;
    }
    try {
      Double signal = alpha.signal(moment);
      if (signal != null && !(Math.abs(signal) <= 1)) {
        failure = "gave " + signal + ", which is no signal";
        return null;
      }
      return signal;
    } catch (RuntimeException | StackOverflowError thrown) {
      failure = "threw " + thrown;
      return null;
    }
  }

  /** Counts the return since the last one. */
  void count() {
    BigDecimal before = counted;
    counted = book.equity();
    returns.add(counted.subtract(before).doubleValue() / spec.notional().doubleValue());
  }

  MemberScore score() {
    return new MemberScore(
        memberId,
        failure == null ? returns.sharpe(spec.minSamples()) : null,
        returns.count(),
        returns.mean(),
        returns.sumSquares(),
        book.equity().subtract(begun),
        book.fees(),
        book.turnover(),
        book.trades(),
        book.cash(),
        book.positions(),
        failure);
  }
}
