package dev.papertape.command.promotion;

import dev.papertape.contracts.alpha.AlphaStage;
import dev.papertape.contracts.promotion.GateInputs;
import dev.papertape.contracts.promotion.GateResult;
import dev.papertape.contracts.promotion.PromotionAction;
import dev.papertape.contracts.promotion.PromotionCommand;
import dev.papertape.contracts.promotion.PromotionCommand.ApprovePromotion;
import dev.papertape.contracts.promotion.PromotionCommand.DemoteAlpha;
import dev.papertape.contracts.promotion.PromotionCommand.EvaluateGates;
import dev.papertape.contracts.promotion.PromotionCommand.OperatorCommand;
import dev.papertape.contracts.promotion.PromotionCommand.RetireAlpha;
import dev.papertape.contracts.promotion.PromotionEvent;
import dev.papertape.contracts.promotion.PromotionEvent.AlphaDemoted;
import dev.papertape.contracts.promotion.PromotionEvent.AlphaPromoted;
import dev.papertape.contracts.promotion.PromotionEvent.AlphaRetired;
import dev.papertape.contracts.promotion.PromotionEvent.GateEvaluated;
import dev.papertape.contracts.promotion.PromotionEvent.PromotionRequested;
import dev.papertape.contracts.promotion.PromotionPolicy;
import dev.papertape.contracts.promotion.PromotionTrigger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The rule of an alpha's way.
 *
 * <pre>
 *   INCUBATING ─► SHADOW ─► CANARY      all gates of the step pass
 *   CANARY ─► ACTIVE                    all gates pass, and an operator approves
 *   ACTIVE ─► CANARY ─► SHADOW          a gate of holding is breached for long enough, or an operator
 *   any ─► RETIRED                      operator; for good
 * </pre>
 */
final class PromotionRules {
  private PromotionRules() {}

  /**
   * Decides.
   *
   * @return what happened, in order; empty for an evaluation that says nothing new
   * @throws WrongPromotionState when an operator's command does not fit where the alpha stands
   */
  static List<PromotionEvent> decide(Promotion promotion, PromotionCommand command) {
    return switch (command) {
      case EvaluateGates evaluate -> evaluate(promotion, evaluate);
      case ApprovePromotion approve -> List.of(approve(promotion, approve));
      case DemoteAlpha demote -> List.of(demote(promotion, demote));
      case RetireAlpha retire -> {
        AlphaStage stage = allowed(promotion, retire, "it is retired already");
        yield List.of(new AlphaRetired(retire.alphaId(), stage, retire.reason()));
      }
    };
  }

  /** The promotion after an event. */
  static Promotion after(Promotion before, PromotionEvent event) {
    return switch (event) {
      case GateEvaluated evaluated -> before.evaluated(evaluated);
      case PromotionRequested _ -> before.asked();
      case AlphaPromoted promoted -> before.moved(promoted, promoted.feedTime());
      case AlphaDemoted demoted -> before.moved(demoted, demoted.feedTime());
      case AlphaRetired retired -> before.moved(retired, null);
    };
  }

  private static List<PromotionEvent> evaluate(Promotion promotion, EvaluateGates command) {
    AlphaStage stage = promotion.stage(command.registered());
    if (stage == AlphaStage.RETIRED || command.inputs().position() <= promotion.actedOn()) {
      return List.of();
    }
    GateEvaluated evaluated = measured(promotion, stage, command);
    PromotionEvent move = move(promotion.evaluated(evaluated), evaluated, command.policy());
    List<PromotionEvent> events = new ArrayList<>();
    if (move != null || isNews(promotion, evaluated, command.policy())) {
      events.add(evaluated);
    }
    if (move != null) {
      events.add(move);
    }
    return events;
  }

  private static GateEvaluated measured(
      Promotion promotion, AlphaStage stage, EvaluateGates command) {
    GateInputs inputs = command.inputs();
    Instant since = promotion.stageSince() == null ? inputs.feedTime() : promotion.stageSince();
    GateMeasures measures = new GateMeasures(stage, inputs, since);
    PromotionPolicy policy = command.policy();
    return new GateEvaluated(
        command.alphaId(),
        stage,
        PromotionPolicy.next(stage),
        policy.name(),
        inputs,
        policy.gates(stage).stream().map(rule -> rule.entry(measures.of(rule.gate()))).toList(),
        policy.holding(stage).stream()
            .map(rule -> rule.holding(measures.of(rule.gate())))
            .toList());
  }

  /**
   * @param now with the evaluation in it
   */
  private static @Nullable PromotionEvent move(
      Promotion now, GateEvaluated evaluated, PromotionPolicy policy) {
    AlphaStage stage = evaluated.stage();
    Instant feedTime = evaluated.inputs().feedTime();
    List<GateResult> breached = breached(now, evaluated, policy.holdMs());
    if (!breached.isEmpty()) {
      return new AlphaDemoted(
          evaluated.alphaId(),
          stage,
          back(stage),
          PromotionTrigger.GATES,
          "breached: " + said(breached),
          breached,
          feedTime);
    }
    AlphaStage next = evaluated.nextStage();
    if (next == null || !now.missing().isEmpty()) {
      return null;
    }
    if (next == AlphaStage.ACTIVE) {
      return now.requested()
          ? null
          : new PromotionRequested(evaluated.alphaId(), stage, next, feedTime);
    }
    return new AlphaPromoted(
        evaluated.alphaId(),
        stage,
        next,
        PromotionTrigger.GATES,
        "all %d gates pass".formatted(evaluated.gates().size()),
        evaluated.gates(),
        feedTime);
  }

  private static List<GateResult> breached(Promotion now, GateEvaluated evaluated, long holdMs) {
    Instant feedTime = evaluated.inputs().feedTime();
    return evaluated.holding().stream()
        .filter(result -> !result.passed())
        .filter(
            result -> {
              Instant since = now.breachedSince().get(result.name());
              return since != null && Duration.between(since, feedTime).toMillis() >= holdMs;
            })
        .toList();
  }

  private static boolean isNews(Promotion before, GateEvaluated evaluated, PromotionPolicy policy) {
    GateEvaluated newest = before.newest();
    Instant stageSince = before.stageSince();
    if (newest == null
        || stageSince == null
        || !newest.policy().equals(evaluated.policy())
        || !verdicts(newest).equals(verdicts(evaluated))) {
      return true;
    }
    Instant last = newest.inputs().feedTime();
    long passed = Duration.between(last, evaluated.inputs().feedTime()).toMillis();
    long pause = Math.min(policy.restateMs(), Duration.between(stageSince, last).toMillis());
    return passed < 0 || passed >= pause; // Back in time: another recording.
  }

  private static List<String> verdicts(GateEvaluated evaluated) {
    List<String> verdicts = new ArrayList<>();
    evaluated.gates().forEach(gate -> verdicts.add(gate.name() + " " + gate.passed()));
    evaluated.holding().forEach(gate -> verdicts.add(gate.name() + " kept " + gate.passed()));
    return verdicts;
  }

  private static PromotionEvent approve(Promotion promotion, ApprovePromotion command) {
    GateEvaluated newest = promotion.newest();
    String why =
        switch (promotion.stage(command.registered())) {
          case CANARY ->
              newest == null
                  ? "its gates were not measured in this stage yet"
                  : "these gates do not pass: " + said(promotion.missing());
          case INCUBATING, SHADOW -> "only a canary is approved";
          case ACTIVE -> "it is active already";
          case RETIRED -> "it is retired for good";
        };
    AlphaStage stage = allowed(promotion, command, why);
    if (newest == null) {
      throw new IllegalStateException("approvable without an evaluation");
    }
    return new AlphaPromoted(
        command.alphaId(),
        stage,
        AlphaStage.ACTIVE,
        PromotionTrigger.OPERATOR,
        command.reason(),
        newest.gates(),
        newest.inputs().feedTime());
  }

  private static PromotionEvent demote(Promotion promotion, DemoteAlpha command) {
    AlphaStage stage =
        allowed(promotion, command, "only a canary or an active alpha can be demoted");
    return new AlphaDemoted(
        command.alphaId(),
        stage,
        back(stage),
        PromotionTrigger.OPERATOR,
        command.reason(),
        List.of(),
        null);
  }

  private static AlphaStage back(AlphaStage stage) {
    return switch (stage) {
      case ACTIVE -> AlphaStage.CANARY;
      case CANARY -> AlphaStage.SHADOW;
      case INCUBATING, SHADOW, RETIRED ->
          throw new IllegalStateException(stage + " has nothing to lose");
    };
  }

  private static AlphaStage allowed(Promotion promotion, OperatorCommand command, String why) {
    AlphaStage stage = promotion.stage(command.registered());
    List<PromotionAction> allowed = promotion.allowedActions(command.registered());
    if (!allowed.contains(command.action())) {
      throw new WrongPromotionState(
          "alpha %s is %s: %s".formatted(command.alphaId(), stage, why), allowed);
    }
    return stage;
  }

  private static String said(List<GateResult> gates) {
    return gates.stream().map(GateResult::said).collect(Collectors.joining(", "));
  }
}
