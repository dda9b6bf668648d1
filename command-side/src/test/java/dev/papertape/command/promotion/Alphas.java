package dev.papertape.command.promotion;

import dev.papertape.contracts.alpha.AlphaStage;
import dev.papertape.contracts.promotion.AlphaRecord;
import dev.papertape.contracts.promotion.GateInputs;
import dev.papertape.contracts.promotion.PromotionCommand.EvaluateGates;
import dev.papertape.contracts.promotion.PromotionEvent;
import dev.papertape.contracts.promotion.PromotionPolicy;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Inputs with round numbers. */
final class Alphas {
  static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private Alphas() {}

  /** Evaluates, {@code minute} minutes after the start, an alpha named {@code a}. */
  static EvaluateGates evaluate(
      AlphaStage registered, PromotionPolicy policy, long minute, @Nullable AlphaRecord record) {
    return new EvaluateGates("a", registered, policy, inputs(minute, record));
  }

  static GateInputs inputs(long minute, @Nullable AlphaRecord record) {
    return new GateInputs(
        100 + minute, at(minute), record, 1, null, 50L, 0L, 10_000, 10_000L, 8, List.of());
  }

  static Instant at(long minute) {
    return START.plusSeconds(60 * minute);
  }

  /** Twenty closed rounds, and so many minutes of steady profits. */
  static AlphaRecord good(long minutes) {
    return record(minutes, 20, 0.001, -0.01);
  }

  /** As {@link #good} with a drawdown beyond what may be kept. */
  static AlphaRecord fallen(long minutes) {
    return record(minutes, 20, 0.001, -0.3);
  }

  /** Returns scatter evenly around {@code mean} by 0.001: skewness 0, kurtosis 1. */
  static AlphaRecord record(long minutes, long trades, double mean, double maxDrawdown) {
    double square = 1e-6;
    return new AlphaRecord(
        false,
        new BigDecimal("500000"),
        trades,
        new BigDecimal("1000000"),
        minutes,
        mean,
        minutes * square,
        0,
        minutes * square * square,
        maxDrawdown,
        3.5,
        3.0,
        START,
        at(minutes));
  }

  /** Decides and folds. */
  static Promotion after(Promotion promotion, List<PromotionEvent> events) {
    Promotion now = promotion;
    for (PromotionEvent event : events) {
      now = PromotionRules.after(now, event);
    }
    return now;
  }
}
