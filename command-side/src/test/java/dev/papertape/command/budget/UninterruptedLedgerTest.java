package dev.papertape.command.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.papertape.contracts.budget.BudgetCommand.InspectProvider;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class UninterruptedLedgerTest {
  /** Stopping while a snapshot was settled logged a warning with a stack trace, now and then. */
  @Test
  void Bug_5_a_closing_connector_interrupted_its_ledger() throws Exception {
    CountDownLatch handled = new CountDownLatch(1);
    CountDownLatch mayEnd = new CountDownLatch(1);
    UninterruptedLedger ledger =
        new UninterruptedLedger(
            command -> {
              handled.countDown();
              try {
                return mayEnd.await(10, TimeUnit.SECONDS) ? "settled" : "too late";
              } catch (InterruptedException broken) {
                return "broken";
              }
            });
    CompletableFuture<Object> reply = new CompletableFuture<>();
    CompletableFuture<Boolean> keptItsInterrupt = new CompletableFuture<>();
    Thread connector =
        Thread.ofPlatform()
            .start(
                () -> {
                  reply.complete(ledger.apply(new InspectProvider("ALTO")));
                  keptItsInterrupt.complete(Thread.interrupted());
                });
    assertThat(handled.await(10, TimeUnit.SECONDS)).isTrue();
    connector.interrupt();
    mayEnd.countDown();

    assertThat(reply.get(10, TimeUnit.SECONDS)).isEqualTo("settled");
    assertThat(keptItsInterrupt.get(10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void aRefusalComesAsItWasThrown() {
    IllegalStateException refusal = new IllegalStateException("no");
    UninterruptedLedger ledger =
        new UninterruptedLedger(
            command -> {
              throw refusal;
            });
    assertThatThrownBy(() -> ledger.apply(new InspectProvider("ALTO"))).isSameAs(refusal);
  }
}
