package dev.papertape.command.promotion;

import dev.papertape.contracts.alpha.AlphaStage;
import dev.papertape.contracts.promotion.PromotionCommand;
import dev.papertape.contracts.promotion.PromotionCommand.ApprovePromotion;
import dev.papertape.contracts.promotion.PromotionCommand.DemoteAlpha;
import dev.papertape.contracts.promotion.PromotionCommand.EvaluateGates;
import dev.papertape.contracts.promotion.PromotionCommand.RetireAlpha;
import dev.papertape.contracts.promotion.PromotionEvent;
import dev.papertape.contracts.promotion.PromotionPolicy;
import java.util.ArrayList;
import java.util.List;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.modelling.command.VersionedAggregateIdentifier;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The shell: each command reaches the rules, every event of a decision is applied, in order. */
class PromotionAggregateTest {
  private AggregateTestFixture<PromotionAggregate> fixture;

  @BeforeEach
  void aggregate() {
    fixture = new AggregateTestFixture<>(PromotionAggregate.class);
    fixture.registerCommandTargetResolver(PromotionAggregateTest::target);
  }

  @Test
  void theFirstEvaluationBeginsTheStream() {
    EvaluateGates first = Alphas.evaluate(AlphaStage.SHADOW, PromotionPolicy.DEMO, 0, null);
    fixture
        .givenNoPriorActivity()
        .when(first)
        .expectEvents(PromotionRules.decide(Promotion.NONE, first).toArray());
  }

  @Test
  void aCanaryAsksIsApprovedAndAskedAgainWithoutEffect() {
    List<PromotionEvent> past = canaryThatAsks();
    fixture
        .given(past)
        .when(new ApprovePromotion("a", AlphaStage.CANARY, "good"))
        .expectEvents(
            PromotionRules.decide(
                    Alphas.after(Promotion.NONE, past),
                    new ApprovePromotion("a", AlphaStage.CANARY, "good"))
                .toArray());
    aggregate();
    fixture
        .given(past)
        .when(Alphas.evaluate(AlphaStage.CANARY, PromotionPolicy.DEMO, 25, Alphas.good(25)))
        .expectNoEvents()
        .expectSuccessfulHandlerExecution();
  }

  @Test
  void operatorsWordsReachTheRules() {
    for (PromotionCommand command :
        List.of(
            new DemoteAlpha("a", AlphaStage.CANARY, "why"),
            new RetireAlpha("a", AlphaStage.CANARY, "why"))) {
      aggregate();
      fixture
          .givenNoPriorActivity()
          .when(command)
          .expectEvents(PromotionRules.decide(Promotion.NONE, command).toArray());
    }
  }

  @Test
  void whatDoesNotFitIsRefusedAndLeavesNothing() {
    fixture
        .givenNoPriorActivity()
        .when(new ApprovePromotion("a", AlphaStage.ACTIVE, "why"))
        .expectException(WrongPromotionState.class)
        .expectNoEvents();
    aggregate();
    fixture
        .given(
            PromotionRules.decide(
                Promotion.NONE, new RetireAlpha("a", AlphaStage.ACTIVE, "no edge")))
        .when(new DemoteAlpha("a", AlphaStage.ACTIVE, "why"))
        .expectException(WrongPromotionState.class)
        .expectNoEvents();
  }

  private static List<PromotionEvent> canaryThatAsks() {
    List<PromotionEvent> events = new ArrayList<>();
    for (long minute : List.of(0L, 25L)) {
      events.addAll(
          PromotionRules.decide(
              Alphas.after(Promotion.NONE, events),
              Alphas.evaluate(
                  AlphaStage.CANARY, PromotionPolicy.DEMO, minute, Alphas.good(minute))));
    }
    return events;
  }

  private static VersionedAggregateIdentifier target(CommandMessage<?> message) {
    return new VersionedAggregateIdentifier(
        ((PromotionCommand) message.getPayload()).aggregateId(), null);
  }
}
