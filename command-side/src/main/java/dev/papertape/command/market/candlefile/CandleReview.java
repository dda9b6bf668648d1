package dev.papertape.command.market.candlefile;

import dev.papertape.command.market.candlefile.CandleFacts.Gap;
import dev.papertape.command.market.candlefile.CandleReport.CloneOf;
import dev.papertape.command.market.candlefile.CandleReport.Ruled;
import dev.papertape.command.quality.CandleJudge;
import dev.papertape.command.quality.ohlcv.CandlePolicy;
import dev.papertape.command.quality.ohlcv.GapPolicy;
import dev.papertape.command.quality.ohlcv.Quotes;
import dev.papertape.command.quality.ohlcv.SecondVenue;
import dev.papertape.command.quality.ohlcv.StreamCandleJudge;
import dev.papertape.command.quality.ohlcv.StreamPrint;
import dev.papertape.command.quality.ohlcv.StreamPrint.Overlap;
import dev.papertape.contracts.market.Bar;
import dev.papertape.contracts.quality.QualityReason;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the guards make of a candle file. Rows are judged in order of time, whatever the file's own
 * order is; a row that breaks the file's own order is flagged for it. Holds no bar but the held
 * ones once it is made. Not thread-safe.
 */
public final class CandleReview {
  private final CandleFile.Kind kind;
  private final String file;
  private final CandleFacts facts;
  private final List<UnreadableRow> unreadable;
  private final long unreadableCount;
  private final List<String> damage;
  private final StreamPrint print;
  private final @Nullable Long confirmable;
  private final JudgementTally tally = new JudgementTally();
  private final List<CloneOf> clones = new ArrayList<>();

  /**
   * @param second the second venue's file; null without one
   * @param now bars that end later than this are not final
   */
  public CandleReview(CandleFile file, @Nullable SecondVenueFile second, Instant now) {
    this.file = file.path().toString();
    kind = file.kind();
    facts = CandleFacts.of(file);
    unreadable = file.unreadable();
    unreadableCount = file.unreadableCount();
    damage = file.damage();
    BarInterval interval = file.interval();
    SecondVenue witness = witness(interval, second);
    CandleJudge judge = judge(interval, witness);
    for (Bar bar : RowOrder.ascending(file.bars())) {
      judge.judge(bar, now).forEach(tally::count);
    }
    RowOrder.misplaced(file.bars()).forEach(time -> tally.remark(QualityReason.OUT_OF_ORDER, time));
    confirmable =
        second == null
            ? null
            : (Long)
                file.bars().stream().filter(bar -> witness.barAt(bar.openTime()) != null).count();
    long length = interval == null ? 0 : interval.length().toMillis();
    print = StreamPrint.of(length, file.bars().stream());
  }

  private static SecondVenue witness(
      @Nullable BarInterval interval, @Nullable SecondVenueFile second) {
    SecondVenue witness =
        interval == null || second == null ? null : second.over(interval.length());
    return witness == null ? SecondVenue.NONE : witness;
  }

  private CandleJudge judge(@Nullable BarInterval interval, SecondVenue witness) {
    if (interval == null) {
      // A single bar: nothing is known of its grid.
      return new StreamCandleJudge(
          CandlePolicy.history(Duration.ofMillis(1), GapPolicy.NO_TRADE_NO_BAR));
    }
    // Who writes bars without trades leaves none out.
    GapPolicy gaps =
        facts.zeroVolume() > 0 ? GapPolicy.BAR_FOR_EVERY_INTERVAL : GapPolicy.NO_TRADE_NO_BAR;
    return new StreamCandleJudge(
        CandlePolicy.history(interval.length(), gaps).onGrid(interval.offset()),
        witness,
        Quotes.NONE);
  }

  /**
   * Looks whether the two files hold one venue's bars; both are told, either may be mislabelled.
   */
  public void compare(CandleReview other) {
    Overlap overlap = print.with(other.print);
    if (overlap.isClone()) {
      clonedBy(other, overlap);
      other.clonedBy(this, overlap);
    }
  }

  private void clonedBy(CandleReview other, Overlap overlap) {
    overlap.identical().forEach(time -> tally.remark(QualityReason.CLONED_STREAM, time));
    clones.add(new CloneOf(other.file, overlap.compared(), overlap.identical().size()));
  }

  /** Whether the file was read to its end as candles. */
  public boolean isWhole() {
    return damage.isEmpty();
  }

  /** Rows of data. */
  public long rows() {
    return facts.rows() + unreadableCount;
  }

  /**
   * @param rowsPerSecond as it was measured
   */
  public CandleReport report(long rowsPerSecond) {
    return new CandleReport(
        file,
        rows(),
        facts.first(),
        facts.last(),
        facts.intervalMs(),
        facts.outOfOrder(),
        facts.duplicates(),
        facts.misaligned(),
        facts.gaps().size(),
        facts.missingBars(),
        facts.gaps(),
        facts.zeroVolume(),
        facts.ohlcInconsistent(),
        tally.flagged(),
        tally.accepted(),
        quarantined(),
        plain(facts.low()),
        plain(facts.high()),
        facts.sumVolume().toPlainString(),
        rowsPerSecond,
        kind,
        tally.rejected(),
        unreadableCount,
        outages(),
        tally.released().stream().map(Ruled::of).toList(),
        byReason(),
        List.copyOf(clones),
        confirmable,
        damage);
  }

  private List<Ruled> quarantined() {
    return Stream.concat(tally.quarantined().map(Ruled::of), unreadable.stream().map(Ruled::of))
        .toList();
  }

  private List<Gap> outages() {
    Long length = facts.intervalMs();
    Set<Instant> ends = tally.times(QualityReason.MISSING_BARS);
    return length == null
        ? List.of()
        : facts.gaps().stream()
            .filter(gap -> ends.contains(gap.from().plusMillis(gap.missing() * length)))
            .toList();
  }

  private Map<QualityReason, Long> byReason() {
    Map<QualityReason, Long> counts = tally.byReason();
    if (unreadableCount > 0) {
      counts.merge(QualityReason.SCHEMA, unreadableCount, Long::sum);
    }
    return counts;
  }

  private static @Nullable String plain(@Nullable BigDecimal value) {
    return value == null ? null : value.toPlainString();
  }
}
