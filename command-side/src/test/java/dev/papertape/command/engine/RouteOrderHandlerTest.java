package dev.papertape.command.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.papertape.command.router.OrderNotDurableYet;
import dev.papertape.command.router.RouteOrderHandler;
import dev.papertape.contracts.execution.OrderStatus;
import dev.papertape.contracts.execution.Side;
import dev.papertape.contracts.execution.TimeInForce;
import dev.papertape.contracts.router.RouteOrder;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RouteOrderHandlerTest {
  private static final RouteOrder BUY =
      new RouteOrder(
          EngineRig.order(Side.BUY, "1", null, TimeInForce.IOC, null).intent(), "ann", null, null);
  private final EngineRig rig = new EngineRig().open();

  @Test
  void answersWithTheOrderWhenItIsOver() {
    EngineMailbox engine =
        command -> {
          rig.mail(command);
          rig.at(31).still();
        };
    assertThat(handle(engine, Duration.ofMinutes(1))).isEqualTo(OrderStatus.FILLED);
  }

  @Test
  void answersWithWhatWasReachedWhenTheTimeIsOver() {
    assertThat(handle(rig::mail, Duration.ofMillis(1))).isEqualTo(OrderStatus.WORKING);
  }

  @Test
  void saysThatNothingIsKnownWhenTheEngineDoesNotAnswer() {
    assertThatThrownBy(() -> handle(command -> {}, Duration.ofMillis(1)))
        .isInstanceOf(OrderNotDurableYet.class);
  }

  @Test
  void handsOnThatTheEngineRefused() {
    assertThatThrownBy(
            () ->
                handle(
                    command -> command.refuse(new EngineUnavailable.MailboxFull()),
                    Duration.ofMinutes(1)))
        .isInstanceOf(EngineUnavailable.MailboxFull.class);
  }

  private static OrderStatus handle(EngineMailbox engine, Duration longestWait) {
    return new RouteOrderHandler(engine, longestWait).handle(BUY, "m-1", null).order().status();
  }
}
