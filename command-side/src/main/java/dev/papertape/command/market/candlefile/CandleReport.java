package dev.papertape.command.market.candlefile;

import dev.papertape.command.quality.CandleJudge.Judgement;
import dev.papertape.contracts.market.Bar;
import dev.papertape.contracts.quality.QualityReason;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What {@code candles} prints of a file. Every row is in exactly one of accepted, rejected and
 * quarantined. Times are open times; prices and volumes are exact decimals in text.
 *
 * @param rows rows of data, the unreadable ones included
 * @param outOfOrder to {@code ohlcInconsistent}, {@code low}, {@code high} and {@code sumVolume}
 *     are facts of the readable rows, whatever the guards say of them (see {@link CandleFacts})
 * @param gaps {@code from} is the first missing bar's open time
 * @param flagged of the accepted, those with a remark; not those in {@code released}
 * @param quarantined for good, or held at the end of the file; unreadable rows have no open time,
 *     and of those the first thousand are listed
 * @param rowsPerSecond reading, facts and guards
 * @param unreadable rows that are no bars
 * @param outages gaps that the guards take for one; no-trade intervals are none
 * @param released bars that were held and turned out good
 * @param byReason bars with each reason, held or not
 * @param clones other files of the run with the same content
 * @param confirmable bars of which the second venue's file has one too, whole and of the same span;
 *     null without such a file
 * @param damage what is wrong with the file as a whole
 */
public record CandleReport(
    String file,
    long rows,
    @Nullable Instant first,
    @Nullable Instant last,
    @Nullable Long intervalMs,
    long outOfOrder,
    long duplicates,
    long misaligned,
    long gapCount,
    long missingBars,
    List<CandleFacts.Gap> gaps,
    long zeroVolume,
    long ohlcInconsistent,
    long flagged,
    long accepted,
    List<Ruled> quarantined,
    @Nullable String low,
    @Nullable String high,
    String sumVolume,
    long rowsPerSecond,
    CandleFile.Kind kind,
    long rejected,
    long unreadable,
    List<CandleFacts.Gap> outages,
    List<Ruled> released,
    Map<QualityReason, Long> byReason,
    List<CloneOf> clones,
    @Nullable Long confirmable,
    List<String> damage) {

  /**
   * A bar that was held.
   *
   * @param reason the gravest
   * @param values open, high, low, close, volume; of an unreadable row its line and raw text
   */
  public record Ruled(
      @Nullable Instant openTime,
      QualityReason reason,
      Map<String, String> values,
      List<QualityReason> reasons,
      String detail) {

    static Ruled of(Judgement judgement) {
      Bar bar = judgement.bar();
      Map<String, String> values = new LinkedHashMap<>();
      values.put("open", bar.open().toPlainString());
      values.put("high", bar.high().toPlainString());
      values.put("low", bar.low().toPlainString());
      values.put("close", bar.close().toPlainString());
      values.put("volume", bar.volume().toPlainString());
      return new Ruled(
          bar.openTime(),
          judgement.reasons().getFirst(),
          values,
          judgement.reasons(),
          judgement.detail());
    }

    static Ruled of(UnreadableRow row) {
      Map<String, String> values = new LinkedHashMap<>();
      values.put("line", Long.toString(row.line()));
      values.put("raw", row.raw());
      List<QualityReason> reasons = List.of(QualityReason.SCHEMA);
      return new Ruled(null, QualityReason.SCHEMA, values, reasons, row.problem());
    }
  }

  /**
   * Another file of the run with the same bars.
   *
   * @param compared bars of the same time in both
   * @param identical of them, those with the same prices to the last digit
   */
  public record CloneOf(String file, long compared, long identical) {}
}
