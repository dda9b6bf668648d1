package dev.papertape.command.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.papertape.command.deploy.ReleasePolicy;
import dev.papertape.command.deploy.Releases;
import dev.papertape.command.engine.EngineCommand.ResetPortfolio;
import dev.papertape.command.execution.LiveOrder;
import dev.papertape.command.fixtures.MemoryLog;
import dev.papertape.command.guards.GuardsRecovered;
import dev.papertape.contracts.execution.AccountCheckpoint;
import dev.papertape.contracts.execution.ExecutionEvent.EngineCheckpointed;
import dev.papertape.contracts.execution.ExecutionEvent.OrderExpired;
import dev.papertape.contracts.execution.Side;
import dev.papertape.contracts.execution.TimeInForce;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class AccountRecoveryTest {

  @Test
  void anEmptyLogIsANewAccount() {
    Recovered recovered = recover(new MemoryLog());
    assertThat(recovered.isNewAccount()).isTrue();
    assertThat(recovered.openOrders()).isEmpty();
    assertThat(recovered.portfolio().cash()).isEqualByComparingTo("1000000");
  }

  @Property(tries = 40)
  void theLogHoldsWhatTheEngineHeldAndOpenOrdersExpireOnce(@ForAll long seed) {
    EngineRig before = new EngineRig();
    trade(before, new Random(seed));
    Recovered fromFacts = recover(before.log);
    Recovered fromBeginning = recover(before.log.without(EngineCheckpointed.STREAM));
    before.engine.checkpoint();
    AccountCheckpoint live = before.all(EngineCheckpointed.class).getLast().account();

    assertThat(text(fromFacts)).isEqualTo(text(live));
    assertThat(text(fromBeginning)).as("without a checkpoint").isEqualTo(text(live));
    assertThat(text(recover(before.log))).as("from the last one").isEqualTo(text(live));
    assertThat(fromFacts.isNewAccount()).isFalse();

    new EngineRig(before.log, 1, 2, recover(before.log)).at(60_000).open();
    assertThat(
            before.all(OrderExpired.class).stream()
                .filter(expired -> expired.reason().equals("ENGINE_RESTARTED"))
                .map(OrderExpired::orderId))
        .containsExactlyElementsOf(live.openOrders());
    Recovered again = recover(before.log);
    assertThat(again.openOrders()).isEmpty();
    assertThat(again.portfolio().cash()).isEqualByComparingTo(live.cash());
  }

  /** Up to 30 s of a moving book, orders of both kinds, now and then a new account. */
  private static void trade(EngineRig rig, Random random) {
    rig.open();
    int steps = 20 + random.nextInt(200);
    for (int step = 1; step <= steps; step++) {
      rig.at(step * 130L).asks("10" + random.nextInt(1, 5) + ".00", "" + random.nextInt(4));
      String quantity = "0." + random.nextInt(1, 10);
      Side side = random.nextBoolean() ? Side.BUY : Side.SELL;
      switch (random.nextInt(12)) {
        case 0, 1, 2 -> rig.place(side, quantity, null, TimeInForce.IOC);
        case 3 -> rig.place(Side.BUY, quantity, "98.00", TimeInForce.GTC);
        case 4 -> rig.place(Side.SELL, quantity, "104.00", TimeInForce.GTC);
        case 5 -> {
          if (random.nextInt(8) == 0) {
            rig.mail(new ResetPortfolio("again", Map.of(), null, new CompletableFuture<>()));
          }
        }
        default -> {}
      }
    }
  }

  private static Recovered recover(MemoryLog log) {
    return new AccountRecovery(log, MemoryLog::decode, EngineRig.CASH)
        .recover(GuardsRecovered.NOTHING, Releases.of(ReleasePolicy.baseline("r1")), null);
  }

  private static String text(Recovered recovered) {
    List<String> open = recovered.openOrders().stream().map(LiveOrder::orderId).toList();
    return text(recovered.alphas().into(recovered.portfolio().checkpoint(open)));
  }

  private static String text(AccountCheckpoint account) {
    return new String(MemoryLog.json().write(account), StandardCharsets.UTF_8);
  }
}
