package dev.papertape.contracts.promotion;

import static dev.papertape.contracts.promotion.Gate.DEFLATED_SHARPE;
import static dev.papertape.contracts.promotion.Gate.GUARDS_TRIPPED;
import static dev.papertape.contracts.promotion.Gate.MAX_DRAWDOWN;
import static dev.papertape.contracts.promotion.Gate.MIN_DAYS;
import static dev.papertape.contracts.promotion.Gate.MIN_TRADES;
import static dev.papertape.contracts.promotion.Gate.PARITY;
import static dev.papertape.contracts.promotion.Gate.QUALITY_VERIFIED;
import static dev.papertape.contracts.promotion.Gate.SLIPPAGE_VS_MODEL;
import static dev.papertape.contracts.promotion.Gate.TURNOVER;

import dev.papertape.contracts.alpha.AlphaStage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What alphas are held to.
 *
 * @param name shown with every status
 * @param toShadow gates of an incubating alpha
 * @param toCanary gates of a shadow alpha
 * @param toActive gates of a canary, beside an operator's approval
 * @param holding what a canary and an active alpha must keep; looser than what they entered by, so
 *     that a value at the border does not go to and fro
 * @param holdMs for how long of feed time one of them must be breached without a break
 * @param restateMs after how much feed time an evaluation is written although no verdict changed,
 *     at most; at the beginning of a stay after as much as the stay had lasted at the one before,
 *     so that figures come often at first and their number stays small
 */
public record PromotionPolicy(
    String name,
    List<GateRule> toShadow,
    List<GateRule> toCanary,
    List<GateRule> toActive,
    List<GateRule> holding,
    long holdMs,
    long restateMs) {

  /** What a desk would ask for. */
  public static final PromotionPolicy STANDARD =
      new PromotionPolicy(
          "standard",
          incubation(1),
          trading(30, 7, 0.95),
          trading(100, 14, 0.95),
          List.of(
              new GateRule(MAX_DRAWDOWN, -0.2, 60),
              new GateRule(DEFLATED_SHARPE, 0.01, 2 * 1_440),
              new GateRule(TURNOVER, 400, 1_440),
              new GateRule(SLIPPAGE_VS_MODEL, 25, 100),
              new GateRule(PARITY, 0, 1)),
          Duration.ofHours(1).toMillis(),
          Duration.ofHours(1).toMillis());

  /**
   * Small minimums of trades and days, so that a fresh start shows the way within an hour; what is
   * asked of the record itself is {@link #STANDARD}'s.
   */
  public static final PromotionPolicy DEMO =
      new PromotionPolicy(
          "demo",
          incubation(days(2)),
          trading(3, days(10), 0.95),
          trading(5, days(20), 0.95),
          STANDARD.holding,
          Duration.ofMinutes(5).toMillis(),
          Duration.ofMinutes(10).toMillis());

  public PromotionPolicy {
    toShadow = List.copyOf(toShadow);
    toCanary = List.copyOf(toCanary);
    toActive = List.copyOf(toActive);
    holding = List.copyOf(holding);
  }

  /**
   * @throws IllegalArgumentException for a name that no shipped policy has
   */
  public static PromotionPolicy named(String name) {
    for (PromotionPolicy policy : List.of(STANDARD, DEMO)) {
      if (policy.name.equals(name)) {
        return policy;
      }
    }
    throw new IllegalArgumentException(
        "papertape.promotion.policy must be standard or demo, not " + name);
  }

  /** The stage that the gates of {@code stage} lead to, null where there is none. */
  public static @Nullable AlphaStage next(AlphaStage stage) {
    return switch (stage) {
      case INCUBATING -> AlphaStage.SHADOW;
      case SHADOW -> AlphaStage.CANARY;
      case CANARY -> AlphaStage.ACTIVE;
      case ACTIVE, RETIRED -> null;
    };
  }

  /** Gates of the way on from a stage; of an active alpha those that it would have to pass now. */
  public List<GateRule> gates(AlphaStage stage) {
    return switch (stage) {
      case INCUBATING -> toShadow;
      case SHADOW -> toCanary;
      case CANARY, ACTIVE -> toActive;
      case RETIRED -> List.of();
    };
  }

  /** What must be kept in a stage, empty where nothing can be lost. */
  public List<GateRule> holding(AlphaStage stage) {
    return switch (stage) {
      case CANARY, ACTIVE -> holding;
      case INCUBATING, SHADOW, RETIRED -> List.of();
    };
  }

  private static double days(int minutes) {
    return minutes / 1_440.0;
  }

  /** Nothing is traded yet: only what it reads is looked at. */
  private static List<GateRule> incubation(double days) {
    return List.of(
        new GateRule(MIN_DAYS, days, 0),
        new GateRule(PARITY, 0, 1),
        new GateRule(QUALITY_VERIFIED, 75, 100),
        new GateRule(GUARDS_TRIPPED, 0, 0));
  }

  private static List<GateRule> trading(long trades, double days, double sharpe) {
    List<GateRule> rules = new ArrayList<>();
    rules.add(new GateRule(MIN_TRADES, trades, 0));
    rules.add(new GateRule(MIN_DAYS, days, 0));
    rules.add(new GateRule(DEFLATED_SHARPE, sharpe, 10));
    rules.add(new GateRule(MAX_DRAWDOWN, -0.1, 10));
    rules.add(new GateRule(TURNOVER, 200, 10));
    rules.add(new GateRule(PARITY, 0, 1));
    rules.add(new GateRule(QUALITY_VERIFIED, 75, 100));
    rules.add(new GateRule(SLIPPAGE_VS_MODEL, 10, 1));
    rules.add(new GateRule(GUARDS_TRIPPED, 0, 0));
    return rules;
  }
}
