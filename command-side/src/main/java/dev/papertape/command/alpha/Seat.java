package dev.papertape.command.alpha;

import dev.papertape.command.features.FeatureReader;
import dev.papertape.contracts.alpha.AlphaKind;
import dev.papertape.contracts.alpha.AlphaSpec;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One alpha's place on the panel: its spec, the alpha itself, and whether it was benched here.
 *
 * <p>A bench is noticed here first and comes back with the registry's spec later; until then the
 * specs that come do not know of it yet, and must not end it.
 */
final class Seat {
  private final AlphaSpec spec;

  /** Null of one whose signals come from outside, and of one that cannot be made. */
  private final @Nullable Alpha alpha;

  private final Answer.@Nullable Failed unmade;
  private boolean benchedHere;

  /** What came of asking. */
  sealed interface Answer {
    /** In [−1, 1]. */
    record Value(double wish) implements Answer {}

    /** No opinion, this time. */
    record Silent() implements Answer {}

    /**
     * It is benched.
     *
     * @param reason {@code THREW}, {@code HUNG} or {@code NOT_A_SIGNAL}
     * @param detail one sentence
     */
    record Failed(String reason, String detail) implements Answer {}
  }

  private Seat(
      AlphaSpec spec, @Nullable Alpha alpha, Answer.@Nullable Failed unmade, boolean benchedHere) {
    this.spec = spec;
    this.alpha = alpha;
    this.unmade = unmade;
    this.benchedHere = benchedHere;
  }

  /**
   * @param before the alpha's place until now, null without one
   */
  static Seat of(AlphaSpec spec, @Nullable Seat before, AlphaCatalogue catalogue) {
    boolean isStillBenched = before != null && before.benchedHere && spec.benchedReason() == null;
    if (spec.kind() == AlphaKind.EXTERNAL) {
      return new Seat(spec, null, null, isStillBenched);
    }
    if (before != null && before.alpha != null && isSame(before.spec, spec)) {
      return new Seat(spec, before.alpha, null, isStillBenched);
    }
    if (before != null && before.alpha instanceof HeldToDeadline replaced) {
      replaced.close();
    }
    try {
      return new Seat(spec, catalogue.make(spec), null, isStillBenched);
    } catch (HeldToDeadline.Hung hung) {
      return new Seat(spec, null, hung(hung), isStillBenched);
    } catch (RuntimeException | LinkageError failure) {
      return new Seat(
          spec,
          null,
          new Answer.Failed("THREW", "It cannot be made: " + sentence(failure) + "."),
          isStillBenched);
    }
  }

  private static boolean isSame(AlphaSpec before, AlphaSpec now) {
    return before.kind() == now.kind() && before.params().equals(now.params());
  }

  AlphaSpec spec() {
    return spec;
  }

  boolean isAsked() {
    return spec.isAsked() && !benchedHere;
  }

  int lookBack() {
    return alpha == null ? 1 : Math.max(1, alpha.lookBack());
  }

  /** The engine's features, or a copy of them where another thread will read. */
  FeatureReader reading(FeatureReader engine, Instant now) {
    return alpha instanceof HeldToDeadline held
        ? new CopiedFeatures(held.features(), engine, now)
        : engine;
  }

  /**
   * @param now with features from {@link #reading}
   */
  Answer ask(AlphaMoment now) {
    Answer answer = answer(now);
    benchedHere = answer instanceof Answer.Failed;
    return answer;
  }

  private Answer answer(AlphaMoment now) {
    if (alpha == null) {
      return Objects.requireNonNull(unmade);
    }
    Double wish;
    try {
      wish = alpha.signal(now);
    } catch (HeldToDeadline.Hung hung) {
      return hung(hung);
    } catch (RuntimeException | StackOverflowError failure) {
      return new Answer.Failed("THREW", "It threw " + sentence(failure) + ".");
    }
    if (wish == null) {
      return new Answer.Silent();
    }
    // A NaN is in no range.
    return wish >= -1 && wish <= 1
        ? new Answer.Value(wish)
        : new Answer.Failed("NOT_A_SIGNAL", "Its signal was " + wish + ", outside [-1, 1].");
  }

  private static Answer.Failed hung(HeldToDeadline.Hung hung) {
    return new Answer.Failed("HUNG", String.valueOf(hung.getMessage()));
  }

  private static String sentence(Throwable failure) {
    String message = failure.getMessage();
    String name = failure.getClass().getSimpleName();
    return message == null ? name : name + ": " + message;
  }
}
