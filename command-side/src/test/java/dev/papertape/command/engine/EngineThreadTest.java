package dev.papertape.command.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.papertape.command.engine.EngineCommand.ApplyTradingState;
import dev.papertape.command.engine.EngineCommand.PlaceOrder;
import dev.papertape.command.engine.EngineCommand.ReadStatus;
import dev.papertape.command.features.OnlineFeatures;
import dev.papertape.contracts.execution.ExecutionEvent.OrderAccepted;
import dev.papertape.contracts.execution.ExecutionEvent.OrderBlocked;
import dev.papertape.contracts.execution.Side;
import dev.papertape.contracts.execution.TimeInForce;
import dev.papertape.contracts.guards.TradingState;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class EngineThreadTest {
  private final EngineRig rig = new EngineRig();
  private final LinkedBlockingQueue<Throwable> failures = new LinkedBlockingQueue<>();

  @Test
  void mailIsRefusedWhenThereIsNoRoomAndAfterTheStop() {
    EngineThread thread = new EngineThread(rig.engine, 1, failures::add);
    ReadStatus waits = status();
    ReadStatus tooMany = status();
    thread.mail(waits);
    thread.mail(tooMany);
    assertThat(tooMany.status().exceptionNow()).isInstanceOf(EngineUnavailable.MailboxFull.class);
    thread.close();
    ReadStatus late = status();
    thread.mail(late);
    assertThat(late.status().exceptionNow()).isInstanceOf(EngineUnavailable.Stopping.class);
  }

  @Test
  void ordersAreConsumedInTheOrderInWhichTheyCame() throws InterruptedException {
    try (EngineThread thread = new EngineThread(rig.engine, 10_000, failures::add)) {
      for (var input : rig.opening()) {
        thread.frame(new EngineInput.Frame(input));
      }
      List<PlaceOrder> orders = new ArrayList<>();
      for (int i = 0; i < 600; i++) {
        orders.add(EngineRig.order(Side.BUY, "0.2", null, TimeInForce.IOC, "c" + i));
        thread.mail(orders.getLast());
      }
      thread.start();
      orders.forEach(order -> order.accepted().join());
    }
    assertThat(rig.all(OrderAccepted.class))
        .extracting(accepted -> accepted.intent().clientOrderId())
        .containsExactlyElementsOf(IntStream.range(0, 600).mapToObj(i -> "c" + i).toList());
  }

  @Test
  void aHaltWaitsForRoomInsteadOfGettingLost() throws InterruptedException {
    rig.open();
    try (EngineThread thread = new EngineThread(rig.engine, 1, failures::add)) {
      thread.mail(status());
      Thread tail =
          Thread.ofPlatform()
              .start(
                  () -> {
                    try {
                      thread.change(new ApplyTradingState(TradingState.HALTED, "stop", 9));
                    } catch (InterruptedException stopped) {
                      Thread.currentThread().interrupt();
                    }
                  });
      thread.start();
      tail.join();
      PlaceOrder order = EngineRig.order(Side.BUY, "1", null, TimeInForce.IOC, null);
      CompletableFuture<EngineStatus> consumed = new CompletableFuture<>();
      while (!consumed.isDone() || consumed.isCompletedExceptionally()) {
        ReadStatus read = status();
        thread.mail(read);
        consumed = read.status().handle((s, full) -> s).thenCompose(EngineThreadTest::known);
        consumed.exceptionally(_ -> null).join();
      }
      thread.mail(order);
      order.accepted().join();
    }
    assertThat(rig.only(OrderBlocked.class).reason()).isEqualTo("HALTED");
  }

  @Test
  void aFailureIsReportedOnceAndWhoWaitsIsRefused() throws InterruptedException {
    CountDownLatch failing = new CountDownLatch(1);
    TradingEngine engine =
        new TradingEngine(
            EngineRig.settings(1),
            EngineRig.books(),
            Recovered.nothing(EngineRig.settings(1)),
            new DeterministicIds(1, 1),
            EngineRig.provenance(),
            OnlineFeatures.unkept(),
            (facts, claim) -> {
              throw new IllegalStateException("journal is gone");
            },
            new OrderWatch());
    try (EngineThread thread = new EngineThread(engine, 10, failures::add)) {
      thread.frame(new EngineInput.Frame(rig.opening().getFirst()));
      ReadStatus waiting = status();
      thread.mail(waiting);
      thread.start();
      assertThat(failures.take()).hasMessage("journal is gone");
      assertThat(waiting.status().handle((s, refusal) -> refusal).join())
          .isInstanceOf(EngineUnavailable.Stopping.class);
      failing.countDown();
    }
    assertThat(failures).isEmpty();
  }

  private static CompletableFuture<EngineStatus> known(EngineStatus status) {
    return status == null
        ? CompletableFuture.failedFuture(new IllegalStateException("full"))
        : CompletableFuture.completedFuture(status);
  }

  private static ReadStatus status() {
    return new ReadStatus(new CompletableFuture<>());
  }
}
