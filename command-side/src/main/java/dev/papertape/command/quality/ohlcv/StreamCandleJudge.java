package dev.papertape.command.quality.ohlcv;

import dev.papertape.command.quality.CandleJudge;
import dev.papertape.command.quality.ohlcv.RecentBars.Known;
import dev.papertape.command.quality.ohlcv.VenueComparison.Answer;
import dev.papertape.command.quality.ohlcv.VenueComparison.Witness;
import dev.papertape.contracts.market.Bar;
import dev.papertape.contracts.quality.QualityReason;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Every OHLCV guard over one stream. An impossible bar and repeated content are quarantined; a
 * spike is held, and settled by the second venue or by the next bar; everything else that is odd is
 * flagged and used. Memory is bounded (1500 bars, 4096 fingerprints). Not thread-safe.
 *
 * <p>A spike that the second venue confirms at once is only flagged. One that it denies, or about
 * which it is silent, is held until the next bar; then it is asked again, since its bar may have
 * come later, and where it is silent still the next bar's open decides.
 */
public final class StreamCandleJudge implements CandleJudge {
  private final CandlePolicy policy;
  private final SecondVenue secondVenue;
  private final Quotes quotes;
  private final RecentBars recent;
  private final SpikeRule spikes;
  private final LevelSearch level = new LevelSearch();
  private final VenueComparison venues = new VenueComparison();
  private final VolumeSpikeRule volumes = new VolumeSpikeRule();
  private final FlatlineRule flatline;
  private final RepeatedContentRule repeats = new RepeatedContentRule();
  private final ClonedStreamRule clones = new ClonedStreamRule();
  private final FrozenQuotesRule frozen = new FrozenQuotesRule();
  private final GapRule gaps;
  private @Nullable Instant newest;
  private @Nullable Spike held;

  public StreamCandleJudge(CandlePolicy policy, SecondVenue secondVenue, Quotes quotes) {
    this.policy = policy;
    this.secondVenue = secondVenue;
    this.quotes = quotes;
    recent = new RecentBars(policy.interval());
    spikes = new SpikeRule(policy.tick());
    flatline = new FlatlineRule(policy.interval());
    gaps = new GapRule(policy.gaps());
  }

  /** Without a second venue and without a book. */
  public StreamCandleJudge(CandlePolicy policy) {
    this(policy, SecondVenue.NONE, Quotes.NONE);
  }

  @Override
  public List<Judgement> judge(Bar bar, Instant receivedAt) {
    List<Finding> impossible = BarShape.impossible(bar, policy, receivedAt);
    if (!impossible.isEmpty()) {
      return List.of(judgement(bar, Outcome.QUARANTINED, impossible));
    }
    List<Finding> odd = new ArrayList<>(2);
    BarShape.add(odd, BarShape.stale(bar, policy, receivedAt));
    BarShape.add(odd, BarShape.meanOutside(bar));
    Known known = recent.at(bar.openTime());
    if (known != null) {
      return again(known, bar, odd);
    }
    Instant last = newest;
    if (last != null && bar.openTime().isBefore(last)) {
      odd.add(new Finding(QualityReason.OUT_OF_ORDER, "after the bar of " + last));
      return List.of(outOfSequence(bar, odd, repeats.next(bar)));
    }
    return inOrder(bar, odd);
  }

  /** A bar for an interval that has one. */
  private List<Judgement> again(Known known, Bar bar, List<Finding> odd) {
    if (BarContent.isSame(known.bar(), bar)) {
      Finding same = new Finding(QualityReason.DUPLICATE, "received before");
      return List.of(judgement(bar, Outcome.REJECTED, List.of(same)));
    }
    odd.add(
        new Finding(
            QualityReason.REVISION,
            "close %s volume %s before"
                .formatted(
                    known.bar().close().toPlainString(), known.bar().volume().toPlainString())));
    if (!bar.openTime().equals(newest)) {
      return List.of(outOfSequence(bar, odd, null));
    }
    List<Judgement> decided = new ArrayList<>(2);
    Spike superseded = held;
    if (superseded != null) {
      held = null;
      decided.add(
          judgement(
              superseded.bar(),
              Outcome.CONDEMNED,
              List.of(SpikeRule.finding(superseded), new Finding(QualityReason.REVISION, ""))));
    } else if (known.used()) {
      spikes.takeBack();
    }
    decided.add(priced(bar, odd));
    return decided;
  }

  /**
   * A bar that is not the newest: judged beside its neighbour, of no consequence for later ones.
   */
  private Judgement outOfSequence(Bar bar, List<Finding> odd, @Nullable Finding repeated) {
    Bar neighbour = recent.usedBefore(bar.openTime());
    Spike spike = neighbour == null ? null : spikes.check(bar, neighbour.close().doubleValue());
    List<Finding> grave = new ArrayList<>(2);
    BarShape.add(grave, repeated);
    if (spike != null && spike.inClose()) {
      grave.add(SpikeRule.finding(spike));
    }
    recent.put(bar, grave.isEmpty());
    if (!grave.isEmpty()) {
      grave.addAll(odd);
      return judgement(bar, Outcome.QUARANTINED, grave);
    }
    return judgement(bar, Outcome.FLAGGED, odd);
  }

  private List<Judgement> inOrder(Bar bar, List<Finding> odd) {
    List<Judgement> decided = new ArrayList<>(2);
    long missing = missingBefore(bar);
    Spike before = held;
    if (before != null) {
      held = null;
      decided.add(settle(before, bar, missing));
    }
    newest = bar.openTime();
    BarShape.add(odd, gaps.next(missing, policy.interval()));
    BarShape.add(odd, flatline.next(bar));
    BarShape.add(odd, frozen.next(bar, quotes.now()));
    Finding repeated = repeats.next(bar);
    if (repeated != null) {
      recent.put(bar, false);
      odd.addFirst(repeated);
      decided.add(judgement(bar, Outcome.QUARANTINED, odd));
    } else {
      decided.add(priced(bar, odd));
    }
    return decided;
  }

  private long missingBefore(Bar bar) {
    Instant last = newest;
    return last == null
        ? 0
        : (bar.openTime().toEpochMilli() - last.toEpochMilli()) / policy.interval().toMillis() - 1;
  }

  /** Judges the newest bar's prices and volume, and takes it over unless they are held. */
  private Judgement priced(Bar bar, List<Finding> odd) {
    Bar other = secondVenue.barAt(bar.openTime());
    BarShape.add(odd, clones.next(bar, other));
    BarShape.add(odd, volumes.check(bar));
    Spike spike = spikes.check(bar);
    if (spike == null) {
      BarShape.add(odd, venues.deviation(bar, other));
    } else if (isHeld(spike, other, odd)) {
      held = spike;
      recent.put(bar, false);
      return judgement(bar, Outcome.QUARANTINED, odd);
    }
    use(bar, other);
    return judgement(bar, odd.isEmpty() ? Outcome.PASSED : Outcome.FLAGGED, odd);
  }

  /** Adds what the spike is to the findings. */
  private boolean isHeld(Spike spike, @Nullable Bar other, List<Finding> odd) {
    Answer answer = venues.ask(spike, other);
    if (answer.witness() == Witness.CONFIRMS) {
      odd.addFirst(
          new Finding(QualityReason.SPIKE, spike.detail() + "; the second venue has it too"));
      return false;
    }
    return switch (level.spike(spike)) {
      case KEEP_HOLDING -> {
        odd.addFirst(SpikeRule.finding(spike));
        yield true;
      }
      case NEW_LEVEL -> {
        odd.addFirst(new Finding(QualityReason.SPIKE, spike.detail() + "; a new level"));
        yield false;
      }
      case START_AFRESH -> {
        spikes.restart();
        odd.addFirst(
            new Finding(QualityReason.SPIKE, spike.detail() + "; too many in a row to hold"));
        yield false;
      }
    };
  }

  private Judgement settle(Spike spike, Bar next, long missing) {
    Bar other = secondVenue.barAt(spike.bar().openTime());
    Answer answer = venues.ask(spike, other);
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
    if (good) {
      use(spike.bar(), other);
    } else {
      recent.put(spike.bar(), false);
    }
    return judgement(
        spike.bar(),
        good ? Outcome.RELEASED : Outcome.CONDEMNED,
        List.of(new Finding(QualityReason.SPIKE, spike.detail() + "; " + by)));
  }

  private void use(Bar bar, @Nullable Bar other) {
    level.good();
    recent.put(bar, true);
    spikes.accept(bar);
    volumes.accept(bar);
    venues.accept(bar, other);
  }

  private static Judgement judgement(Bar bar, Outcome outcome, List<Finding> findings) {
    if (findings.isEmpty()) {
      return new Judgement(bar, outcome, List.of(), "");
    }
    List<QualityReason> reasons = findings.stream().map(Finding::reason).distinct().toList();
    String detail =
        String.join(
            "; ", findings.stream().map(Finding::detail).filter(d -> !d.isEmpty()).toList());
    return new Judgement(bar, outcome, reasons, detail);
  }
}
