package dev.papertape.command.promotion;

import static org.assertj.core.api.Assertions.assertThat;

import dev.papertape.contracts.alpha.AlphaStage;
import dev.papertape.contracts.promotion.AlphaRecord;
import dev.papertape.contracts.promotion.GateInputs;
import dev.papertape.contracts.promotion.GateResult;
import dev.papertape.contracts.promotion.PromotionCommand;
import dev.papertape.contracts.promotion.PromotionCommand.ApprovePromotion;
import dev.papertape.contracts.promotion.PromotionCommand.DemoteAlpha;
import dev.papertape.contracts.promotion.PromotionCommand.EvaluateGates;
import dev.papertape.contracts.promotion.PromotionCommand.RetireAlpha;
import dev.papertape.contracts.promotion.PromotionEvent;
import dev.papertape.contracts.promotion.PromotionEvent.AlphaPromoted;
import dev.papertape.contracts.promotion.PromotionEvent.GateEvaluated;
import dev.papertape.contracts.promotion.PromotionEvent.StageChanged;
import dev.papertape.contracts.promotion.PromotionPolicy;
import dev.papertape.contracts.promotion.PromotionTrigger;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever is asked of an alpha, in whatever order. */
class PromotionPropertiesTest {

  /** One thing asked; {@code what} 0 to 15 is an evaluation. */
  record Ask(int what, int minutes, long trades, double mean, double drawdown, boolean tripped) {}

  @Property(tries = 300)
  void everyStepFollowsTheOneBeforeAndActiveIsAnOperatorsWord(
      @ForAll AlphaStage registered, @ForAll("asks") List<Ask> asks) {
    Promotion promotion = Promotion.NONE;
    AlphaStage stage = registered;
    long minute = 0;
    for (Ask ask : asks) {
      minute += ask.minutes();
      PromotionCommand command = command(registered, ask, minute);
      List<PromotionEvent> events = decide(promotion, command);
      if (stage == AlphaStage.RETIRED) {
        assertThat(events).as("retired is final").isEmpty();
      }
      for (PromotionEvent event : events) {
        if (event instanceof StageChanged changed) {
          assertThat(changed.from()).as("one stage at a time").isEqualTo(stage);
          assertThat(changed.to()).isNotEqualTo(stage);
          stage = changed.to();
          if (stage == AlphaStage.ACTIVE) {
            AlphaPromoted promoted = (AlphaPromoted) event;
            assertThat(promoted.by()).isEqualTo(PromotionTrigger.OPERATOR);
            assertThat(promoted.from()).isEqualTo(AlphaStage.CANARY);
            assertThat(promoted.gates()).isNotEmpty().allMatch(GateResult::passed);
          }
        }
      }
      promotion = Alphas.after(promotion, events);
      assertThat(promotion.stage(registered)).isEqualTo(stage);
      if (command instanceof EvaluateGates && events.isEmpty()) {
        continue;
      }
      if (command instanceof EvaluateGates) {
        assertThat(decide(promotion, command)).as("sent again").isEmpty();
      }
    }
  }

  /** Decided again from what a log has, with the engine killed after any event. */
  @Property(tries = 100)
  void inputsOnRecordGiveTheRecordedGatesAgain(@ForAll("asks") List<Ask> asks) {
    List<PromotionEvent> log = new ArrayList<>();
    Promotion promotion = Promotion.NONE;
    long minute = 0;
    for (Ask ask : asks) {
      minute += ask.minutes();
      List<PromotionEvent> events = decide(promotion, command(AlphaStage.SHADOW, ask, minute));
      log.addAll(events);
      promotion = Alphas.after(promotion, events);
    }
    Promotion again = Promotion.NONE;
    for (PromotionEvent event : log) {
      if (event instanceof GateEvaluated written) {
        EvaluateGates command =
            new EvaluateGates("a", AlphaStage.SHADOW, PromotionPolicy.DEMO, written.inputs());
        assertThat(decide(again, command).getFirst()).isEqualTo(written);
      }
      again = PromotionRules.after(again, event);
    }
    assertThat(again).isEqualTo(promotion);
  }

  private static List<PromotionEvent> decide(Promotion promotion, PromotionCommand command) {
    try {
      return PromotionRules.decide(promotion, command);
    } catch (WrongPromotionState refused) {
      return List.of();
    }
  }

  private static PromotionCommand command(AlphaStage registered, Ask ask, long minute) {
    return switch (ask.what()) {
      case 16 -> new DemoteAlpha("a", registered, "why");
      case 17, 18, 19 -> new ApprovePromotion("a", registered, "why");
      case 20 -> new RetireAlpha("a", registered, "why");
      default -> {
        AlphaRecord record = Alphas.record(minute, ask.trades(), ask.mean(), ask.drawdown());
        yield new EvaluateGates(
            "a",
            registered,
            PromotionPolicy.DEMO,
            new GateInputs(
                100 + minute,
                Alphas.at(minute),
                record,
                1,
                null,
                50L,
                0L,
                1_000,
                1_000L,
                8,
                ask.tripped() ? List.of("LOSS_STREAK ACCOUNT") : List.of()));
      }
    };
  }

  @Provide
  Arbitrary<List<Ask>> asks() {
    return Combinators.combine(
            Arbitraries.integers().between(0, 20),
            Arbitraries.integers().between(0, 12),
            Arbitraries.longs().between(0, 30),
            Arbitraries.of(-0.001, 0.0001, 0.001),
            Arbitraries.of(-0.3, -0.15, -0.01, -0.01, -0.01),
            Arbitraries.of(true, false, false, false))
        .as(Ask::new)
        .list()
        .ofMinSize(1)
        .ofMaxSize(40);
  }
}
