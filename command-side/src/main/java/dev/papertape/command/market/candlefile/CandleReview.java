package dev.papertape.command.market.candlefile;

import dev.papertape.command.market.candlefile.CandleReport.CloneOf;
import dev.papertape.command.market.candlefile.CandleReport.Ruled;
import dev.papertape.command.quality.CandleJudge;
import dev.papertape.command.quality.CandleJudge.Judgement;
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
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
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
  private final Map<Bar, Judgement> held = new IdentityHashMap<>();
  private final List<Judgement> released = new ArrayList<>();
  private final Set<Instant> outageEnds = new HashSet<>();
  private final Set<Instant> flagged = new HashSet<>();
  private final Set<Instant> used = new HashSet<>();
  private final Map<QualityReason, Set<Instant>> byReason = new EnumMap<>(QualityReason.class);
  private final List<CloneOf> clones = new ArrayList<>();
  private long accepted;
  private long rejected;

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
    CandleJudge judge = judge(interval, second);
    for (Bar bar : RowOrder.ascending(file.bars())) {
      judge.judge(bar, now).forEach(this::count);
    }
    RowOrder.misplaced(file.bars()).forEach(time -> remark(QualityReason.OUT_OF_ORDER, time));
    print =
        StreamPrint.of(interval == null ? 0 : interval.length().toMillis(), file.bars().stream());
  }

  private CandleJudge judge(@Nullable BarInterval interval, @Nullable SecondVenueFile second) {
    if (interval == null) {
      // A single bar: nothing is known of its grid.
      return new StreamCandleJudge(
          CandlePolicy.history(Duration.ofMillis(1), GapPolicy.NO_TRADE_NO_BAR));
    }
    // Who writes bars without trades leaves none out.
    GapPolicy gaps =
        facts.zeroVolume() > 0 ? GapPolicy.BAR_FOR_EVERY_INTERVAL : GapPolicy.NO_TRADE_NO_BAR;
    SecondVenue witness = second == null ? null : second.over(interval.length());
    return new StreamCandleJudge(
        CandlePolicy.history(interval.length(), gaps).onGrid(interval.offset()),
        witness == null ? SecondVenue.NONE : witness,
        Quotes.NONE);
  }

  private void count(Judgement judgement) {
    Instant time = judgement.bar().openTime();
    switch (judgement.outcome()) {
      case PASSED -> use(time);
      case FLAGGED -> {
        use(time);
        flagged.add(time);
      }
      case REJECTED -> rejected++;
      case QUARANTINED, CONDEMNED -> held.merge(judgement.bar(), judgement, CandleReview::last);
      case RELEASED -> {
        Judgement before = held.remove(judgement.bar());
        released.add(before == null ? judgement : last(before, judgement));
        use(time);
      }
    }
    for (QualityReason reason : judgement.reasons()) {
      byReason.computeIfAbsent(reason, _ -> new HashSet<>()).add(time);
    }
    if (judgement.reasons().contains(QualityReason.MISSING_BARS)) {
      outageEnds.add(time);
    }
  }

  private void use(Instant time) {
    accepted++;
    used.add(time);
  }

  /** The later judgement of a bar, with all that was said of it. */
  private static Judgement last(Judgement before, Judgement after) {
    List<QualityReason> reasons =
        Stream.concat(before.reasons().stream(), after.reasons().stream()).distinct().toList();
    return new Judgement(after.bar(), after.outcome(), reasons, after.detail());
  }

  /** Something that shows in the file as a whole. */
  private void remark(QualityReason reason, Instant time) {
    byReason.computeIfAbsent(reason, _ -> new HashSet<>()).add(time);
    if (used.contains(time)) {
      flagged.add(time);
    }
    held.replaceAll(
        (bar, judgement) ->
            bar.openTime().equals(time)
                ? last(
                    judgement,
                    new Judgement(bar, judgement.outcome(), List.of(reason), judgement.detail()))
                : judgement);
  }

  /**
   * Looks whether the two files hold one venue's bars; both are told, either may be mislabelled.
   */
  public void compare(CandleReview other) {
    Overlap overlap = print.with(other.print);
    if (overlap.isClone()) {
      for (CandleReview one : List.of(this, other)) {
        overlap.identical().forEach(time -> one.remark(QualityReason.CLONED_STREAM, time));
      }
      clones.add(new CloneOf(other.file, overlap.compared(), overlap.identical().size()));
      other.clones.add(new CloneOf(file, overlap.compared(), overlap.identical().size()));
    }
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
        flagged.size(),
        accepted,
        quarantined(),
        plain(facts.low()),
        plain(facts.high()),
        facts.sumVolume().toPlainString(),
        rowsPerSecond,
        kind,
        rejected,
        unreadableCount,
        outages(),
        ruled(released.stream()),
        counts(),
        List.copyOf(clones),
        damage);
  }

  private List<Ruled> quarantined() {
    return Stream.concat(ruled(held.values().stream()).stream(), unreadable.stream().map(Ruled::of))
        .toList();
  }

  private static List<Ruled> ruled(Stream<Judgement> judgements) {
    return judgements
        .sorted(Comparator.comparing((Judgement judgement) -> judgement.bar().openTime()))
        .map(j -> Ruled.of(j.bar(), j.reasons(), j.detail()))
        .toList();
  }

  private List<CandleFacts.Gap> outages() {
    Long length = facts.intervalMs();
    return length == null
        ? List.of()
        : facts.gaps().stream()
            .filter(gap -> outageEnds.contains(gap.from().plusMillis(gap.missing() * length)))
            .toList();
  }

  private Map<QualityReason, Long> counts() {
    Map<QualityReason, Long> counts = new EnumMap<>(QualityReason.class);
    byReason.forEach((reason, times) -> counts.put(reason, (long) times.size()));
    if (unreadableCount > 0) {
      counts.merge(QualityReason.SCHEMA, unreadableCount, Long::sum);
    }
    return counts;
  }

  private static @Nullable String plain(@Nullable BigDecimal value) {
    return value == null ? null : value.toPlainString();
  }
}
