package dev.papertape.command.guards;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.papertape.command.guards.GuardLimitDecider.NoLimitToSet;
import dev.papertape.contracts.guards.GuardLimitCommand;
import dev.papertape.contracts.guards.GuardName;
import dev.papertape.contracts.guards.GuardsEvent.GuardLimitChanged;
import java.math.BigDecimal;
import org.axonframework.modelling.command.VersionedAggregateIdentifier;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class GuardLimitsTest {
  private AggregateTestFixture<GuardLimitsAggregate> fixture;

  @BeforeEach
  void aggregate() {
    fixture = new AggregateTestFixture<>(GuardLimitsAggregate.class);
    fixture.registerCommandTargetResolver(
        message ->
            new VersionedAggregateIdentifier(
                ((GuardLimitCommand) message.getPayload()).aggregateId(), null));
  }

  @Test
  void setsALimit() {
    fixture
        .givenNoPriorActivity()
        .when(command(GuardName.MAX_NOTIONAL, "1000"))
        .expectEvents(changed(GuardName.MAX_NOTIONAL, "1000", null));
  }

  @Test
  void givesItBackAndSaysWhatItWas() {
    fixture
        .given(changed(GuardName.MAX_NOTIONAL, "1000", null))
        .when(command(GuardName.MAX_NOTIONAL, null))
        .expectEvents(changed(GuardName.MAX_NOTIONAL, null, "1000"));
  }

  @Test
  void refusesALimitOfTheWrongKind() {
    fixture
        .givenNoPriorActivity()
        .when(command(GuardName.MAX_DRAWDOWN, "1.01"))
        .expectException(IllegalArgumentException.class)
        .expectNoEvents();
  }

  @ParameterizedTest
  @EnumSource(
      value = GuardName.class,
      names = {
        "HALTED",
        "REDUCING",
        "NO_SYNCED_BOOK",
        "STALE_DATA",
        "SUSPECT_DATA",
        "BUDGET_EXHAUSTED",
        "MIN_QUANTITY",
        "LOT_STEP",
        "MIN_NOTIONAL"
      })
  void aGuardWhoseLimitIsNotAnOperatorsHasNoneToSet(GuardName guard) {
    assertThatThrownBy(() -> GuardLimitDecider.decide(LimitOverrides.NONE, command(guard, "1")))
        .isInstanceOf(NoLimitToSet.class);
  }

  @ParameterizedTest
  @CsvSource({
    "MAX_NOTIONAL, 0.01, true",
    "MAX_NOTIONAL, 0, false",
    "MAX_NOTIONAL, -1, false",
    "MAX_NOTIONAL, 1000000000, true",
    "MAX_EXPOSURE, 1000000001, false",
    "MAX_DRAWDOWN, 1, true",
    "MAX_DRAWDOWN, 0.05, true",
    "MAX_DRAWDOWN, 1.01, false",
    "LOSS_STREAK, 3, true",
    "LOSS_STREAK, 3.0, true",
    "LOSS_STREAK, 2.5, false",
    "ORDER_RATE, 1e3, true",
    "ORDER_RATE, 1000001, false",
    "CLOCK_SKEW, 500, true",
    "CLOCK_SKEW, 0.5, false",
    "CLOCK_SKEW, 3600001, false"
  })
  void aLimitIsOfItsGuardsKind(GuardName guard, BigDecimal limit, boolean isGood) {
    assertThat(guard.refusalOf(limit).isEmpty()).isEqualTo(isGood);
  }

  @Test
  void anOperatorsLimitOutweighsTheReleasesUntilItIsGivenBack() {
    LimitOverrides set =
        LimitOverrides.NONE
            .after(changed(GuardName.MAX_NOTIONAL, "1000", null))
            .after(changed(GuardName.ORDER_RATE, "5", null))
            .after(changed(GuardName.MAX_DRAWDOWN, "0.02", null));
    assertThat(set.over(GuardLimits.DEFAULT))
        .isEqualTo(new GuardLimits(new BigDecimal("1000"), GuardLimits.DEFAULT.maxExposure(), 5));
    assertThat(set.over(AccountLimits.DEFAULT).maxDrawdown()).isEqualTo("0.02");
    assertThat(
            set.after(changed(GuardName.MAX_NOTIONAL, null, "1000"))
                .after(changed(GuardName.ORDER_RATE, null, "5"))
                .over(GuardLimits.DEFAULT))
        .isEqualTo(GuardLimits.DEFAULT);
  }

  private static GuardLimitCommand command(GuardName guard, @Nullable String limit) {
    return new GuardLimitCommand(guard, decimal(limit), "drill");
  }

  private static GuardLimitChanged changed(
      GuardName guard, @Nullable String limit, @Nullable String previous) {
    return new GuardLimitChanged(
        GuardLimitCommand.ID, guard, decimal(limit), decimal(previous), "drill");
  }

  private static @Nullable BigDecimal decimal(@Nullable String text) {
    return text == null ? null : new BigDecimal(text);
  }
}
