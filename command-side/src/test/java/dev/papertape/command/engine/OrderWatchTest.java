package dev.papertape.command.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.papertape.command.router.OrderNotDurableYet;
import dev.papertape.contracts.execution.OrderStatus;
import dev.papertape.contracts.execution.Side;
import dev.papertape.contracts.execution.TimeInForce;
import dev.papertape.eventstore.append.AppendFailure;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class OrderWatchTest {
  private final EngineRig rig = new EngineRig().open();

  @Test
  void anIocOrderIsSettledWhenItIsOver() {
    OrderProgress progress = rig.buy("1");
    assertThat(progress.settled()).isNotDone();
    assertThat(progress.latest().order().status()).isEqualTo(OrderStatus.WORKING);
    rig.at(31).still();
    assertThat(progress.settled()).isCompleted();
    assertThat(progress.settled().join().order().status()).isEqualTo(OrderStatus.FILLED);
    assertThat(progress.settled().join().position())
        .isEqualTo(rig.log.lastOf("order:" + progress.orderId()).orElseThrow().position());
  }

  @Test
  void aGtcOrderIsSettledWhenItIsRouted() {
    OrderProgress progress = rig.place(Side.BUY, "1", "98.00", TimeInForce.GTC);
    assertThat(progress.settled().join().order().status()).isEqualTo(OrderStatus.WORKING);
  }

  @Test
  void anEndingLifeAnswersWithWhatIsDurable() {
    OrderProgress progress = rig.buy("1");
    rig.watch.endAll(new EngineUnavailable.Stopping());
    assertThat(progress.settled().join().order().status())
        .as("accepted and routed stand in the log: never 'nothing was accepted'")
        .isEqualTo(OrderStatus.WORKING);
  }

  @Test
  void anOrderOfWhichNothingIsDurableFailsWithTheReasonOrAsUnknown() {
    OrderProgress refused = rig.watch.start("o-1");
    AppendFailure away = new AppendFailure.DatabaseUnavailable(new IOException("away"));
    rig.watch.endAll(away);
    assertThat(refused.settled().exceptionNow()).isSameAs(away);

    OrderProgress unknown = rig.watch.start("o-2");
    rig.watch.endAll(new EngineUnavailable.Stopping());
    assertThat(unknown.settled().exceptionNow()).isInstanceOf(OrderNotDurableYet.class);
  }
}
