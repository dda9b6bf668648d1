package dev.papertape.command.guards;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.papertape.contracts.guards.GuardsEvent.TradingEvent;
import dev.papertape.contracts.guards.GuardsEvent.TradingHalted;
import dev.papertape.contracts.guards.GuardsEvent.TradingReduced;
import dev.papertape.contracts.guards.GuardsEvent.TradingResumed;
import dev.papertape.contracts.guards.TradingCommand;
import dev.papertape.contracts.guards.TradingCommand.HaltTrading;
import dev.papertape.contracts.guards.TradingCommand.ReduceTrading;
import dev.papertape.contracts.guards.TradingCommand.ResumeTrading;
import dev.papertape.contracts.guards.TradingState;
import java.util.List;
import java.util.Map;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.modelling.command.VersionedAggregateIdentifier;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TradingStateTest {
  private static final String ID = TradingCommand.ID;
  private AggregateTestFixture<TradingStateAggregate> fixture;

  @BeforeEach
  void aggregate() {
    fixture = new AggregateTestFixture<>(TradingStateAggregate.class);
    fixture.registerCommandTargetResolver(TradingStateTest::target);
  }

  @Test
  void everyStateLeadsToEveryOtherAndNotToItself() {
    Map<TradingState, TradingCommand> commands =
        Map.of(
            TradingState.HALTED, new HaltTrading("why"),
            TradingState.REDUCING, new ReduceTrading("why"),
            TradingState.ACTIVE, new ResumeTrading("why"));
    for (TradingState from : TradingState.values()) {
      commands.forEach(
          (to, command) -> {
            if (from == to) {
              assertThatThrownBy(() -> TradingDecider.decide(from, command))
                  .isInstanceOfSatisfying(
                      WrongTradingState.class, wrong -> assertThat(wrong.state()).isEqualTo(from));
            } else {
              TradingEvent event = TradingDecider.decide(from, command);
              assertThat(TradingDecider.after(event)).isEqualTo(to);
              assertThat(event.reason()).isEqualTo("why");
            }
          });
    }
  }

  @Test
  void anOperatorMayAskForTheTwoOtherStates() {
    assertThat(TradingDecider.allowedActions(TradingState.ACTIVE))
        .isEqualTo(List.of("HALT", "REDUCE"));
    assertThat(TradingDecider.allowedActions(TradingState.HALTED))
        .isEqualTo(List.of("REDUCE", "RESUME"));
  }

  @Test
  void halts() {
    fixture
        .givenNoPriorActivity()
        .when(new HaltTrading("fire"))
        .expectEvents(new TradingHalted(ID, "fire"));
  }

  @Test
  void doesNotHaltTwice() {
    fixture
        .given(new TradingHalted(ID, "fire"))
        .when(new HaltTrading("again"))
        .expectException(WrongTradingState.class)
        .expectNoEvents();
  }

  @Test
  void reduces() {
    fixture
        .given(new TradingHalted(ID, "fire"))
        .when(new ReduceTrading("calmer"))
        .expectEvents(new TradingReduced(ID, "calmer"));
  }

  @Test
  void doesNotReduceTwice() {
    fixture
        .given(new TradingReduced(ID, "a"))
        .when(new ReduceTrading("b"))
        .expectException(WrongTradingState.class)
        .expectNoEvents();
  }

  @Test
  void resumes() {
    fixture
        .given(new TradingHalted(ID, "a"), new TradingReduced(ID, "b"))
        .when(new ResumeTrading("out"))
        .expectEvents(new TradingResumed(ID, "out", List.of()));
  }

  @Test
  void doesNotResumeWhatIsActive() {
    fixture
        .given(new TradingHalted(ID, "a"), new TradingResumed(ID, "b", List.of()))
        .when(new ResumeTrading("c"))
        .expectException(WrongTradingState.class)
        .expectNoEvents();
  }

  private static VersionedAggregateIdentifier target(CommandMessage<?> message) {
    return new VersionedAggregateIdentifier(
        ((TradingCommand) message.getPayload()).aggregateId(), null);
  }
}
