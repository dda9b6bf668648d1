package dev.papertape.command.promotion;

import static dev.papertape.contracts.alpha.AlphaStage.ACTIVE;
import static dev.papertape.contracts.alpha.AlphaStage.CANARY;
import static dev.papertape.contracts.alpha.AlphaStage.INCUBATING;
import static dev.papertape.contracts.alpha.AlphaStage.RETIRED;
import static dev.papertape.contracts.alpha.AlphaStage.SHADOW;
import static dev.papertape.contracts.promotion.PromotionAction.APPROVE;
import static dev.papertape.contracts.promotion.PromotionAction.DEMOTE;
import static dev.papertape.contracts.promotion.PromotionAction.RETIRE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.papertape.contracts.alpha.AlphaStage;
import dev.papertape.contracts.promotion.AlphaRecord;
import dev.papertape.contracts.promotion.Gate;
import dev.papertape.contracts.promotion.GateResult;
import dev.papertape.contracts.promotion.PromotionCommand;
import dev.papertape.contracts.promotion.PromotionCommand.ApprovePromotion;
import dev.papertape.contracts.promotion.PromotionCommand.DemoteAlpha;
import dev.papertape.contracts.promotion.PromotionCommand.RetireAlpha;
import dev.papertape.contracts.promotion.PromotionEvent;
import dev.papertape.contracts.promotion.PromotionEvent.AlphaDemoted;
import dev.papertape.contracts.promotion.PromotionEvent.AlphaPromoted;
import dev.papertape.contracts.promotion.PromotionEvent.GateEvaluated;
import dev.papertape.contracts.promotion.PromotionEvent.PromotionRequested;
import dev.papertape.contracts.promotion.PromotionPolicy;
import dev.papertape.contracts.promotion.PromotionTrigger;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PromotionRulesTest {
  private static final PromotionPolicy DEMO = PromotionPolicy.DEMO;

  @Test
  void theFirstEvaluationIsWrittenWithWhatLacks() {
    List<PromotionEvent> events = evaluate(Promotion.NONE, SHADOW, 0, null);
    assertThat(events).hasSize(1);
    GateEvaluated first = (GateEvaluated) events.getFirst();
    assertThat(first.stage()).isEqualTo(SHADOW);
    assertThat(first.nextStage()).isEqualTo(CANARY);
    assertThat(first.policy()).isEqualTo("demo");
    assertThat(first.gates().stream().filter(GateResult::passed).map(GateResult::name))
        .containsExactly(Gate.PARITY, Gate.QUALITY_VERIFIED, Gate.GUARDS_TRIPPED);
    assertThat(first.holding()).as("a shadow has nothing to lose").isEmpty();
  }

  @Test
  void anIncubatingAlphaGoesToTheShadowAfterItsDays() {
    Promotion seen = after(Promotion.NONE, INCUBATING, 0, null);
    assertThat(evaluate(seen, INCUBATING, 1, null))
        .as("one of two minutes")
        .noneMatch(AlphaPromoted.class::isInstance);
    List<PromotionEvent> events = evaluate(seen, INCUBATING, 2, null);
    assertThat(events).hasSize(2).first().isInstanceOf(GateEvaluated.class);
    AlphaPromoted promoted = (AlphaPromoted) events.getLast();
    assertThat(promoted.from()).isEqualTo(INCUBATING);
    assertThat(promoted.to()).isEqualTo(SHADOW);
    assertThat(promoted.by()).isEqualTo(PromotionTrigger.GATES);
    assertThat(promoted.gates()).allMatch(GateResult::passed).hasSize(4);
  }

  @Test
  void aShadowGoesToTheCanaryByItselfAndACanaryAsks() {
    Promotion shadow = after(Promotion.NONE, SHADOW, 0, null);
    List<PromotionEvent> toCanary = evaluate(shadow, SHADOW, 10, Alphas.good(10));
    assertThat(toCanary.getLast()).isInstanceOf(AlphaPromoted.class);
    Promotion canary = Alphas.after(shadow, toCanary);
    assertThat(canary.stage(SHADOW)).isEqualTo(CANARY);

    canary = after(canary, SHADOW, 11, Alphas.good(11));
    assertThat(canary.requested()).as("its days in the new stage count").isFalse();
    List<PromotionEvent> asks = evaluate(canary, SHADOW, 30, Alphas.good(30));
    assertThat(asks.getLast()).isInstanceOf(PromotionRequested.class);
    canary = Alphas.after(canary, asks);
    assertThat(canary.stage(SHADOW)).as("nobody approved yet").isEqualTo(CANARY);
    assertThat(canary.allowedActions(SHADOW)).containsExactly(APPROVE, DEMOTE, RETIRE);
    assertThat(evaluate(canary, SHADOW, 40, Alphas.good(40)))
        .as("asked once")
        .noneMatch(PromotionRequested.class::isInstance);

    List<PromotionEvent> approved =
        PromotionRules.decide(canary, new ApprovePromotion("a", SHADOW, "looks good"));
    assertThat(approved).hasSize(1);
    AlphaPromoted active = (AlphaPromoted) approved.getFirst();
    assertThat(active.to()).isEqualTo(ACTIVE);
    assertThat(active.by()).isEqualTo(PromotionTrigger.OPERATOR);
    assertThat(active.reason()).isEqualTo("looks good");
    assertThat(active.gates()).hasSize(9).allMatch(GateResult::passed);
  }

  @Test
  void approvalIsRefusedNamingTheGatesThatDoNotPass() {
    Promotion canary = after(Promotion.NONE, CANARY, 0, Alphas.record(12, 2, 0.001, -0.2));
    WrongPromotionState refused = refused(canary, new ApprovePromotion("a", CANARY, "now"));
    assertThat(refused)
        .hasMessageContaining("MIN_TRADES 2 (at least 5)")
        .hasMessageContaining("MAX_DRAWDOWN -0.2000 (at least -0.1000)");
    assertThat(refused.allowedActions()).containsExactly(DEMOTE, RETIRE);
  }

  @Test
  void aRequestWhoseGatesFailAgainIsNotApprovable() {
    Promotion asks = after(Promotion.NONE, CANARY, 0, null);
    asks = after(asks, CANARY, 25, Alphas.good(25));
    assertThat(asks.mayApprove()).isTrue();
    asks = after(asks, CANARY, 26, Alphas.fallen(26));
    assertThat(asks.requested()).isTrue();
    assertThat(asks.mayApprove()).isFalse();
    assertThat(refused(asks, new ApprovePromotion("a", CANARY, "now")))
        .hasMessageContaining("MAX_DRAWDOWN")
        .hasMessageNotContaining("MIN_TRADES");
    asks = after(asks, CANARY, 27, Alphas.good(27));
    assertThat(asks.mayApprove()).as("without being asked again").isTrue();
  }

  @Test
  void thereIsNothingToApproveElsewhere() {
    for (AlphaStage stage : List.of(INCUBATING, SHADOW, ACTIVE, RETIRED)) {
      WrongPromotionState refused =
          refused(Promotion.NONE, new ApprovePromotion("a", stage, "now"));
      assertThat(refused).hasMessageContaining(stage.name());
      assertThat(refused.allowedActions()).doesNotContain(APPROVE);
    }
  }

  @Test
  void aBreachDemotesOnlyWhenItLastsAndOneStepAtATime() {
    Promotion active = after(Promotion.NONE, ACTIVE, 100, Alphas.good(100));
    active = after(active, ACTIVE, 101, Alphas.fallen(101));
    assertThat(active.breachedSince()).containsEntry(Gate.MAX_DRAWDOWN, Alphas.at(101));
    assertThat(evaluate(active, ACTIVE, 105, Alphas.fallen(105)))
        .as("four of five minutes")
        .noneMatch(AlphaDemoted.class::isInstance);
    List<PromotionEvent> events = evaluate(active, ACTIVE, 106, Alphas.fallen(106));
    AlphaDemoted demoted = (AlphaDemoted) events.getLast();
    assertThat(demoted.from()).isEqualTo(ACTIVE);
    assertThat(demoted.to()).isEqualTo(CANARY);
    assertThat(demoted.by()).isEqualTo(PromotionTrigger.GATES);
    assertThat(demoted.reason()).isEqualTo("breached: MAX_DRAWDOWN -0.3000 (at least -0.2000)");
    assertThat(demoted.breached()).hasSize(1);

    Promotion canary = Alphas.after(active, events);
    canary = after(canary, ACTIVE, 107, Alphas.fallen(107));
    assertThat(canary.stage(ACTIVE)).as("the breach counts anew").isEqualTo(CANARY);
    List<PromotionEvent> further = evaluate(canary, ACTIVE, 112, Alphas.fallen(112));
    assertThat(((AlphaDemoted) further.getLast()).to()).isEqualTo(SHADOW);
  }

  @Test
  void aBreachThatIsOverInBetweenIsForgotten() {
    Promotion active = after(Promotion.NONE, ACTIVE, 100, Alphas.fallen(100));
    active = after(active, ACTIVE, 103, Alphas.good(103));
    active = after(active, ACTIVE, 104, Alphas.fallen(104));
    assertThat(evaluate(active, ACTIVE, 107, Alphas.fallen(107)))
        .noneMatch(AlphaDemoted.class::isInstance);
  }

  @Test
  void fewSamplesNeverDemote() {
    AlphaRecord young = Alphas.record(59, 1, -0.01, -0.9);
    Promotion active = after(Promotion.NONE, ACTIVE, 59, young);
    assertThat(active.breachedSince()).isEmpty();
    assertThat(evaluate(active, ACTIVE, 90, young)).noneMatch(AlphaDemoted.class::isInstance);
    assertThat(after(Promotion.NONE, ACTIVE, 60, null).breachedSince())
        .as("no record at all")
        .isEmpty();
  }

  @Test
  void aLosingRecordOfTwoDaysDemotes() {
    AlphaRecord losing = Alphas.record(2_880, 50, -0.0005, -0.1);
    Promotion active = after(Promotion.NONE, ACTIVE, 2_880, losing);
    assertThat(active.breachedSince()).containsOnlyKeys(Gate.DEFLATED_SHARPE);
  }

  @Test
  void oldInputsAreWithoutEffectAndUnchangedVerdictsAreRestatedSeldom() {
    Promotion shadow = after(Promotion.NONE, SHADOW, 7, null);
    assertThat(evaluate(shadow, SHADOW, 7, null)).as("the same again").isEmpty();
    assertThat(evaluate(shadow, SHADOW, 3, Alphas.good(90))).as("older").isEmpty();
    List<Long> written = new ArrayList<>();
    for (long minute = 8; minute < 50; minute++) {
      List<PromotionEvent> events = evaluate(shadow, SHADOW, minute, null);
      if (!events.isEmpty()) {
        written.add(minute);
      }
      shadow = Alphas.after(shadow, events);
    }
    assertThat(written)
        .as("after 0, 1, 2, 4, 8 and then 10 minutes each")
        .containsExactly(8L, 9L, 11L, 15L, 23L, 33L, 43L);
  }

  @Test
  void anOperatorDemotesWithoutEvidenceAndTheStayBeginsAnew() {
    Promotion active = after(Promotion.NONE, ACTIVE, 100, Alphas.fallen(100));
    List<PromotionEvent> events =
        PromotionRules.decide(active, new DemoteAlpha("a", ACTIVE, "too loud"));
    AlphaDemoted demoted = (AlphaDemoted) events.getFirst();
    assertThat(demoted.to()).isEqualTo(CANARY);
    assertThat(demoted.by()).isEqualTo(PromotionTrigger.OPERATOR);
    Promotion canary = Alphas.after(active, events);
    assertThat(canary.newest()).isNull();
    assertThat(canary.breachedSince()).isEmpty();
    assertThat(refused(canary, new ApprovePromotion("a", ACTIVE, "back")))
        .hasMessageContaining("not measured in this stage yet");
    canary = after(canary, ACTIVE, 130, Alphas.good(130));
    assertThat(canary.stageSince()).as("known from the next evaluation").isEqualTo(Alphas.at(130));
    for (AlphaStage stage : List.of(INCUBATING, SHADOW, RETIRED)) {
      assertThat(refused(Promotion.NONE, new DemoteAlpha("a", stage, "x")).allowedActions())
          .doesNotContain(DEMOTE);
    }
  }

  @Test
  void aRetiredAlphaNeverComesBack() {
    Promotion retired =
        Alphas.after(
            Promotion.NONE,
            PromotionRules.decide(Promotion.NONE, new RetireAlpha("a", CANARY, "no edge")));
    assertThat(retired.stage(CANARY)).isEqualTo(RETIRED);
    assertThat(retired.allowedActions(CANARY)).isEmpty();
    assertThat(evaluate(retired, CANARY, 500, Alphas.good(500))).isEmpty();
    for (PromotionCommand command :
        List.of(
            new ApprovePromotion("a", CANARY, "x"),
            new DemoteAlpha("a", CANARY, "x"),
            new RetireAlpha("a", CANARY, "x"))) {
      assertThatThrownBy(() -> PromotionRules.decide(retired, command))
          .isInstanceOf(WrongPromotionState.class);
    }
  }

  @Test
  void standardAsksForMoreThanDemoAndKeepsLooser() {
    assertThat(PromotionPolicy.named("standard")).isEqualTo(PromotionPolicy.STANDARD);
    assertThat(PromotionPolicy.named("demo")).isEqualTo(PromotionPolicy.DEMO);
    assertThatThrownBy(() -> PromotionPolicy.named("easy"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("easy");
    Promotion canary = after(Promotion.NONE, CANARY, 0, null);
    assertThat(
            PromotionRules.decide(
                canary, Alphas.evaluate(CANARY, PromotionPolicy.STANDARD, 60, Alphas.good(60))))
        .as("an hour is no fortnight")
        .noneMatch(PromotionRequested.class::isInstance);
  }

  private static WrongPromotionState refused(Promotion promotion, PromotionCommand command) {
    return catchThrowableOfType(
        WrongPromotionState.class, () -> PromotionRules.decide(promotion, command));
  }

  private static List<PromotionEvent> evaluate(
      Promotion promotion, AlphaStage registered, long minute, @Nullable AlphaRecord record) {
    return PromotionRules.decide(promotion, Alphas.evaluate(registered, DEMO, minute, record));
  }

  private static Promotion after(
      Promotion promotion, AlphaStage registered, long minute, @Nullable AlphaRecord record) {
    return Alphas.after(promotion, evaluate(promotion, registered, minute, record));
  }
}
