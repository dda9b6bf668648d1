package dev.papertape.command.quality.ohlcv;

import dev.papertape.command.quality.CandleJudge.Judgement;
import dev.papertape.command.quality.CandleJudge.Outcome;
import dev.papertape.command.quality.ohlcv.VenueComparison.Answer;
import dev.papertape.command.quality.ohlcv.VenueComparison.Witness;
import dev.papertape.contracts.market.Bar;
import dev.papertape.contracts.quality.QualityReason;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Holds a spike and settles it. No threshold separates a bad print from a crash, so a spike that
 * the second venue does not confirm at once waits for the next bar: then the second venue is asked
 * again, since its bar may have come later, and where it is silent still the next open decides.
 */
final class SpikeTrial {
  private final SpikeRule rule;
  private final SecondVenue secondVenue;
  private final VenueComparison venues = new VenueComparison();
  private final LevelSearch level = new LevelSearch();
  private @Nullable Spike held;

  SpikeTrial(SpikeRule rule, SecondVenue secondVenue) {
    this.rule = rule;
    this.secondVenue = secondVenue;
  }

  @Nullable Bar secondVenuesBar(Bar bar) {
    return secondVenue.barAt(bar.openTime());
  }

  /** Whether the newest bar must wait; says what it found, the spike first. */
  boolean holds(Bar bar, @Nullable Bar other, List<Finding> odd) {
    Spike spike = rule.check(bar);
    if (spike == null) {
      Finding.add(odd, venues.deviation(bar, other));
      return false;
    }
    if (venues.ask(spike, other).witness() == Witness.CONFIRMS) {
      odd.addFirst(finding(spike, "the second venue has it too"));
      return false;
    }
    return switch (level.spike(spike)) {
      case KEEP_HOLDING -> {
        held = spike;
        odd.addFirst(new Finding(QualityReason.SPIKE, spike.detail()));
        yield true;
      }
      case NEW_LEVEL -> {
        odd.addFirst(finding(spike, "a new level"));
        yield false;
      }
      case START_AFRESH -> {
        rule.restart();
        odd.addFirst(finding(spike, "too many in a row to hold"));
        yield false;
      }
    };
  }

  /** A bar beside an earlier one that it does not follow directly; only its close counts. */
  @Nullable Finding besideNeighbour(Bar bar, Bar neighbour) {
    Spike spike = rule.check(bar, neighbour.close().doubleValue());
    return spike == null || !spike.inClose()
        ? null
        : new Finding(QualityReason.SPIKE, spike.detail());
  }

  /**
   * The verdict on the held bar, now that the next one is known; null if none is held.
   *
   * @param missing intervals between the two
   */
  @Nullable Judgement settle(Bar next, long missing) {
    Spike spike = held;
    if (spike == null) {
      return null;
    }
    held = null;
    Answer answer = venues.ask(spike, secondVenuesBar(spike.bar()));
    boolean good =
        switch (answer.witness()) {
          case CONFIRMS -> true;
          case DENIES -> false;
          case SILENT -> spike.isConfirmedBy(next.open().doubleValue(), missing);
        };
    String by =
        answer.witness() == Witness.SILENT
            ? "the next bar opens at " + next.open().toPlainString()
            : String.format(
                Locale.ROOT,
                "the second venue's close is %.0f bps from their usual distance",
                answer.closeBps());
    return Finding.judgement(
        spike.bar(), good ? Outcome.RELEASED : Outcome.CONDEMNED, List.of(finding(spike, by)));
  }

  /** Gives the held bar up without a verdict; null if none is held. */
  @Nullable Bar takeHeld() {
    Spike spike = held;
    held = null;
    return spike == null ? null : spike.bar();
  }

  /** Another bar takes the held one's place; null if none is held. */
  @Nullable Judgement supersede() {
    Spike spike = held;
    held = null;
    return spike == null
        ? null
        : Finding.judgement(
            spike.bar(),
            Outcome.CONDEMNED,
            List.of(finding(spike, "the venue sent another bar in its place")));
  }

  /** A bar is used: later ones are measured against it. */
  void accept(Bar bar, @Nullable Bar other) {
    level.good();
    rule.accept(bar);
    venues.accept(bar, other);
  }

  /** The newest accepted bar is to be replaced. */
  void takeBack() {
    rule.takeBack();
  }

  private static Finding finding(Spike spike, String because) {
    return new Finding(QualityReason.SPIKE, spike.detail() + "; " + because);
  }
}
