package dev.papertape.command.quality;

import dev.papertape.command.quality.CandleJudge.Judgement;
import dev.papertape.command.quality.CandleJudge.Outcome;
import dev.papertape.contracts.market.Bar;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Bars for tests: minutes from 2024-01-01 on, and what a judge makes of them in the end. */
public final class Bars {
  public static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Instant START = Instant.parse("2024-01-01T00:00:00Z");

  private Bars() {}

  public static Instant minute(long number) {
    return START.plus(MINUTE.multipliedBy(number));
  }

  public static Bar bar(
      long minute, String open, String high, String low, String close, String volume) {
    return new Bar(
        minute(minute),
        new BigDecimal(open),
        new BigDecimal(high),
        new BigDecimal(low),
        new BigDecimal(close),
        new BigDecimal(volume),
        null,
        null);
  }

  /** A bar that moves from one price to another, with a volume of its own. */
  public static Bar move(long minute, double open, double close) {
    return bar(
        minute,
        text(open),
        text(Math.max(open, close) * 1.0001),
        text(Math.min(open, close) * 0.9999),
        text(close),
        "1." + (1001 + minute));
  }

  private static String text(double value) {
    return BigDecimal.valueOf(value).setScale(4, RoundingMode.HALF_EVEN).toPlainString();
  }

  /**
   * A calm market: the close alternates between 100 and 100.1. Its returns are ±9.995 bps, so the
   * MAD lies at its floor of 10 bps and a spike begins 8 · 1.4826 · 10 = 118.6 bps from the median
   * (0, or ±10 while one sign is ahead).
   */
  public static List<Bar> calm(int bars) {
    List<Bar> calm = new ArrayList<>();
    for (int i = 0; i < bars; i++) {
      calm.add(move(i, i % 2 == 0 ? 100.1 : 100, i % 2 == 0 ? 100 : 100.1));
    }
    return calm;
  }

  /** Just after a bar's end. */
  public static Instant received(Bar bar) {
    return bar.openTime().plus(MINUTE).plusMillis(200);
  }

  public static List<Judgement> judge(CandleJudge judge, List<Bar> bars) {
    return bars.stream().flatMap(bar -> judge.judge(bar, received(bar)).stream()).toList();
  }

  /** The last judgement of each bar that is not simply passed, by minute. */
  public static Map<Long, Judgement> remarkable(List<Judgement> judgements) {
    Map<Long, Judgement> last = new TreeMap<>();
    for (Judgement judgement : judgements) {
      if (judgement.outcome() != Outcome.PASSED) {
        last.put(Duration.between(START, judgement.bar().openTime()).toMinutes(), judgement);
      }
    }
    return last;
  }
}
