package dev.papertape.command.sizing;

import dev.papertape.contracts.report.ReturnMoments;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The sizing rule: at a combined signal of 1 so much is held that its volatility is the target's
 * share of the equity ({@code equity · target / realised}), and never more than the least cap.
 * Pure.
 */
public final class PositionSizer {
  /** As events name the rule. */
  public static final String METHOD = "VOLATILITY_TARGET";

  /** Returns below which a record says nothing of Kelly's fraction. */
  private static final int LEAST_RETURNS = 30;

  private static final int CENTS = 2;

  private PositionSizer() {}

  /**
   * What the rule gives.
   *
   * @param unitNotional quote units held at a combined signal of 1, before the cap; 0 without
   *     volatility
   * @param capNotional the least cap, quote units; 0 without volatility
   * @param least which cap is the least
   * @param kelly full Kelly fraction of the equity, null below 30 returns
   */
  public record Sized(
      BigDecimal unitNotional, BigDecimal capNotional, CapReason least, @Nullable Double kelly) {

    /** What binds at this combined signal. */
    public CapReason binding(BigDecimal combined) {
      boolean isCapped = unitNotional.multiply(combined.abs()).compareTo(capNotional) > 0;
      return least == CapReason.NO_VOLATILITY || isCapped ? least : CapReason.NONE;
    }
  }

  public static Sized size(SizingInputs inputs, SizingPolicy policy) {
    Double kelly = kelly(inputs);
    Double realized = inputs.realizedVol();
    if (realized == null || !(realized > 0) || !Double.isFinite(realized)) {
      return new Sized(BigDecimal.ZERO, BigDecimal.ZERO, CapReason.NO_VOLATILITY, kelly);
    }
    BigDecimal equity = inputs.equity().max(BigDecimal.ZERO);
    Sized sized =
        new Sized(
            cents(equity.multiply(BigDecimal.valueOf(policy.targetVol() / realized))),
            cents(policy.targetNotional()),
            CapReason.MAX_NOTIONAL,
            kelly);
    sized = sized(sized, CapReason.FREE_BALANCE, inputs.exposureLeft().max(BigDecimal.ZERO));
    BigDecimal share = BigDecimal.valueOf(policy.participationPercent()).movePointLeft(2);
    sized = sized(sized, CapReason.PARTICIPATION, inputs.displayed().multiply(share));
    if (kelly == null) {
      return sized;
    }
    double fraction = Math.max(policy.kellyFloor(), policy.kellyFraction() * kelly);
    return sized(sized, CapReason.KELLY, equity.multiply(BigDecimal.valueOf(fraction)));
  }

  /** Of caps that are equal the first stays. */
  private static Sized sized(Sized sized, CapReason reason, BigDecimal cap) {
    return cap.compareTo(sized.capNotional()) < 0
        ? new Sized(sized.unitNotional(), cents(cap), reason, sized.kelly())
        : sized;
  }

  private static @Nullable Double kelly(SizingInputs inputs) {
    var returns = inputs.bookReturns();
    return returns.samples() < LEAST_RETURNS
        ? null
        : Kelly.continuous(returns.mean(), 0, variance(returns));
  }

  /** As events hold the inputs of the rule, beside those that have a field of their own. */
  public static Map<String, String> words(SizingInputs inputs, SizingPolicy policy) {
    return Map.of(
        "bookReturns", Long.toString(inputs.bookReturns().samples()),
        "bookMean", Double.toString(inputs.bookReturns().mean()),
        "bookVariance", Double.toString(variance(inputs.bookReturns())),
        "displayed", inputs.displayed().toPlainString(),
        "exposureLeft", inputs.exposureLeft().toPlainString(),
        "kellyFloor", Double.toString(policy.kellyFloor()),
        "kellyFraction", Double.toString(policy.kellyFraction()),
        "maxNotional", policy.targetNotional().toPlainString(),
        "participationPercent", Integer.toString(policy.participationPercent()),
        "rebalanceNotional", policy.rebalanceNotional().toPlainString());
  }

  /** With denominator n − 1; 0 below two returns. */
  private static double variance(ReturnMoments returns) {
    return returns.samples() < 2 ? 0 : returns.squares() / (returns.samples() - 1);
  }

  private static BigDecimal cents(BigDecimal value) {
    return value.setScale(CENTS, RoundingMode.DOWN);
  }
}
