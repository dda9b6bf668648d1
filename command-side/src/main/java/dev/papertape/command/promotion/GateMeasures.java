package dev.papertape.command.promotion;

import dev.papertape.contracts.alpha.AlphaStage;
import dev.papertape.contracts.promotion.AlphaRecord;
import dev.papertape.contracts.promotion.Gate;
import dev.papertape.contracts.promotion.GateInputs;
import dev.papertape.contracts.promotion.GateValue;
import dev.papertape.contracts.report.DeflatedSharpe;
import dev.papertape.contracts.report.ReturnMoments;
import java.math.MathContext;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Makes the gates' values of their inputs. Periods are feed minutes: the deflated Sharpe ratio is
 * of the record's returns a minute, its V the trials' variance beyond sampling noise plus 1/T,
 * which is what their ratios would scatter by had each been measured over the record's own T
 * minutes.
 */
final class GateMeasures {
  private static final double MINUTES_A_DAY = 1_440;

  private final AlphaStage stage;
  private final GateInputs inputs;
  private final @Nullable AlphaRecord traded;
  private final Instant stageSince;

  /**
   * @param stageSince feed time from which the stage's days count
   */
  GateMeasures(AlphaStage stage, GateInputs inputs, Instant stageSince) {
    this.stage = stage;
    this.inputs = inputs;
    this.traded = inputs.traded();
    this.stageSince = stageSince;
  }

  GateValue of(Gate gate) {
    return switch (gate) {
      case MIN_TRADES ->
          traded == null
              ? GateValue.UNKNOWN
              : new GateValue((double) traded.trades(), traded.trades());
      case MIN_DAYS -> days();
      case DEFLATED_SHARPE -> deflatedSharpe();
      case MAX_DRAWDOWN ->
          traded == null || traded.returns() == 0
              ? GateValue.UNKNOWN
              : new GateValue(traded.maxDrawdown(), traded.returns());
      case TURNOVER -> turnover();
      case PARITY -> parity();
      case QUALITY_VERIFIED -> quality();
      case SLIPPAGE_VS_MODEL -> slippage();
      case GUARDS_TRIPPED ->
          inputs.guardsWatched() == 0
              ? GateValue.UNKNOWN
              : new GateValue((double) inputs.guardsTripped().size(), inputs.guardsWatched());
    };
  }

  private GateValue days() {
    double inStage =
        Math.max(0, Duration.between(stageSince, inputs.feedTime()).toMillis() / 60_000.0)
            / MINUTES_A_DAY;
    if (stage == AlphaStage.INCUBATING) {
      return new GateValue(inStage, 0);
    }
    return traded == null
        ? GateValue.UNKNOWN
        : new GateValue(Math.min(inStage, recordDays(traded)), traded.returns());
  }

  /** Minutes of silence and of a stopped engine are in none. */
  private static double recordDays(AlphaRecord record) {
    return record.returns() / MINUTES_A_DAY;
  }

  private GateValue deflatedSharpe() {
    if (traded == null || (inputs.trials() > 1 && inputs.sharpeVariance() == null)) {
      return GateValue.UNKNOWN;
    }
    ReturnMoments moments =
        new ReturnMoments(
            traded.returns(),
            traded.mean(),
            traded.sumSquares(),
            traded.sumCubes(),
            traded.sumFourths());
    Double beyondNoise = inputs.sharpeVariance();
    double variance = (beyondNoise == null ? 0 : beyondNoise) + 1.0 / Math.max(1, traded.returns());
    return new GateValue(DeflatedSharpe.of(moments, inputs.trials(), variance), traded.returns());
  }

  private GateValue turnover() {
    if (traded == null || traded.returns() == 0 || traded.equity().signum() <= 0) {
      return GateValue.UNKNOWN;
    }
    double times = traded.turnover().divide(traded.equity(), MathContext.DECIMAL64).doubleValue();
    return new GateValue(times / recordDays(traded), traded.returns());
  }

  private GateValue parity() {
    Long compared = inputs.parityCompared();
    Long diverged = inputs.parityDiverged();
    return compared == null || diverged == null
        ? GateValue.UNKNOWN
        : new GateValue((double) diverged, compared + diverged);
  }

  private GateValue quality() {
    Long verified = inputs.qualityVerified();
    return verified == null || inputs.qualityReceived() == 0
        ? GateValue.UNKNOWN
        : new GateValue(100.0 * verified / inputs.qualityReceived(), inputs.qualityReceived());
  }

  private GateValue slippage() {
    if (traded == null || traded.slippageBps() == null || traded.modelBps() == null) {
      return GateValue.UNKNOWN;
    }
    return new GateValue(traded.slippageBps() - traded.modelBps(), traded.trades());
  }
}
