package dev.papertape.command.quality.ohlcv;

import dev.papertape.command.quality.CandleJudge;
import dev.papertape.command.quality.ohlcv.RecentBars.Known;
import dev.papertape.contracts.market.Bar;
import dev.papertape.contracts.quality.QualityReason;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Every OHLCV guard over one stream. An impossible bar and repeated content are quarantined; a
 * spike is held, and settled by the second venue or by the next bar; everything else that is odd is
 * flagged and used. Memory is bounded (1500 bars, 4096 fingerprints). Not thread-safe.
 */
public final class StreamCandleJudge implements CandleJudge {
  private final CandlePolicy policy;
  private final Quotes quotes;
  private final RecentBars recent;
  private final SpikeTrial spikes;
  private final VolumeSpikeRule volumes = new VolumeSpikeRule();
  private final FlatlineRule flatline;
  private final RepeatedContentRule repeats = new RepeatedContentRule();
  private final ClonedStreamRule clones = new ClonedStreamRule();
  private final FrozenQuotesRule frozen = new FrozenQuotesRule();
  private final GapRule gaps;
  private @Nullable Instant newest;

  public StreamCandleJudge(CandlePolicy policy, SecondVenue secondVenue, Quotes quotes) {
    this.policy = policy;
    this.quotes = quotes;
    recent = new RecentBars(policy.interval());
    spikes = new SpikeTrial(new SpikeRule(policy.tick()), secondVenue);
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
      return List.of(Finding.judgement(bar, Outcome.QUARANTINED, impossible));
    }
    List<Finding> odd = new ArrayList<>(2);
    Finding.add(odd, BarShape.stale(bar, policy, receivedAt));
    Finding.add(odd, BarShape.meanOutside(bar));
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

  @Override
  public void settleHeld() {
    Bar bar = spikes.takeHeld();
    if (bar != null) {
      conclude(bar, spikes.secondVenuesBar(bar), true);
    }
  }

  /** A bar for an interval that has one. */
  private List<Judgement> again(Known known, Bar bar, List<Finding> odd) {
    if (known.bar().hasFiguresOf(bar)) {
      Finding same = new Finding(QualityReason.DUPLICATE, "received before");
      return List.of(Finding.judgement(bar, Outcome.REJECTED, List.of(same)));
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
    Judgement superseded = spikes.supersede();
    if (superseded != null) {
      decided.add(superseded);
    } else if (known.used()) {
      spikes.takeBack();
    }
    decided.add(priced(bar, odd));
    return decided;
  }

  /**
   * A bar that is not the newest: judged beside its neighbour, of no consequence for later ones.
   * One from before all that is remembered cannot be told from a wrong time.
   */
  private Judgement outOfSequence(Bar bar, List<Finding> odd, @Nullable Finding repeated) {
    Bar neighbour = recent.usedBefore(bar.openTime());
    List<Finding> grave = new ArrayList<>(2);
    Finding.add(grave, repeated);
    if (neighbour != null) {
      Finding.add(grave, spikes.besideNeighbour(bar, neighbour));
    }
    boolean used = grave.isEmpty() && !recent.isForgotten(bar.openTime());
    recent.put(bar, used);
    grave.addAll(odd);
    return Finding.judgement(bar, used ? Outcome.FLAGGED : Outcome.QUARANTINED, grave);
  }

  private List<Judgement> inOrder(Bar bar, List<Finding> odd) {
    List<Judgement> decided = new ArrayList<>(2);
    long missing = missingBefore(bar);
    Judgement settled = spikes.settle(bar, missing);
    if (settled != null) {
      decided.add(settled);
      Bar before = settled.bar();
      conclude(before, spikes.secondVenuesBar(before), settled.outcome() == Outcome.RELEASED);
    }
    newest = bar.openTime();
    Finding.add(odd, gaps.next(missing, policy.interval()));
    Finding.add(odd, flatline.next(bar));
    Finding.add(odd, frozen.next(bar, quotes.at(bar.openTime().plus(policy.interval()))));
    Finding repeated = repeats.next(bar);
    if (repeated == null) {
      decided.add(priced(bar, odd));
    } else {
      odd.addFirst(repeated);
      conclude(bar, null, false);
      decided.add(Finding.judgement(bar, Outcome.QUARANTINED, odd));
    }
    return decided;
  }

  private long missingBefore(Bar bar) {
    Instant last = newest;
    return last == null
        ? 0
        : (bar.openTime().toEpochMilli() - last.toEpochMilli()) / policy.interval().toMillis() - 1;
  }

  /** Judges the newest bar's prices and volume, and takes it over unless it is held. */
  private Judgement priced(Bar bar, List<Finding> odd) {
    Bar other = spikes.secondVenuesBar(bar);
    Finding.add(odd, clones.next(bar, other));
    Finding.add(odd, volumes.check(bar));
    boolean held = spikes.holds(bar, other, odd);
    conclude(bar, other, !held);
    if (held) {
      return Finding.judgement(bar, Outcome.QUARANTINED, odd);
    }
    return Finding.judgement(bar, odd.isEmpty() ? Outcome.PASSED : Outcome.FLAGGED, odd);
  }

  private void conclude(Bar bar, @Nullable Bar other, boolean used) {
    recent.put(bar, used);
    if (used) {
      spikes.accept(bar, other);
      volumes.accept(bar);
    }
  }
}
