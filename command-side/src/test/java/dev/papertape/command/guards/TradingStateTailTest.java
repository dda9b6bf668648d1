package dev.papertape.command.guards;

import static org.assertj.core.api.Assertions.assertThat;

import dev.papertape.command.fixtures.MemoryLog;
import dev.papertape.contracts.guards.GuardsEvent;
import dev.papertape.contracts.guards.GuardsEvent.TradingEvent;
import dev.papertape.contracts.guards.GuardsEvent.TradingHalted;
import dev.papertape.contracts.guards.GuardsEvent.TradingReduced;
import dev.papertape.contracts.guards.GuardsEvent.TradingResumed;
import dev.papertape.contracts.guards.TradingCommand;
import dev.papertape.contracts.guards.TradingState;
import dev.papertape.eventstore.log.EventLog;
import dev.papertape.eventstore.log.LoggedEvent;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class TradingStateTailTest {
  private static final String ID = TradingCommand.ID;
  private final MemoryLog log = new MemoryLog();
  private final LinkedBlockingQueue<TradingState> told = new LinkedBlockingQueue<>();

  @Test
  void anEmptyLogIsActive() {
    assertThat(tail(Duration.ofMillis(1)).current()).isEqualTo(TradingState.ACTIVE);
  }

  @Test
  void tellsWhatChangedAfterItWasRead() throws InterruptedException {
    append(new TradingHalted(ID, "a"));
    try (TradingStateTail tail = tail(Duration.ofMillis(1))) {
      assertThat(tail.current()).isEqualTo(TradingState.HALTED);
      tail.start((state, reason, position) -> told.add(state));
      append(new TradingReduced(ID, "b"));
      append(new TradingResumed(ID, "c", List.of()));
      assertThat(told.take()).isEqualTo(TradingState.REDUCING);
      assertThat(told.take()).isEqualTo(TradingState.ACTIVE);
    }
  }

  @Test
  void aChangeThatCouldNotBeToldIsToldAgain() throws InterruptedException {
    AtomicInteger calls = new AtomicInteger();
    try (TradingStateTail tail = tail(Duration.ofMillis(1))) {
      tail.current();
      tail.start(
          (state, reason, position) -> {
            if (calls.incrementAndGet() == 1) {
              throw new IllegalStateException("not now");
            }
            told.add(state);
          });
      append(new TradingHalted(ID, "a"));
      assertThat(told.take()).isEqualTo(TradingState.HALTED);
    }
  }

  @Test
  void looksSeldomHoweverOftenTheLogGrows() throws InterruptedException {
    append(new TradingHalted(ID, "a"));
    try (TradingStateTail tail = tail(Duration.ofHours(1))) {
      tail.start((state, reason, position) -> told.add(state));
      assertThat(told.take()).isEqualTo(TradingState.HALTED);
      for (int i = 0; i < 500; i++) {
        append(i % 2 == 0 ? new TradingResumed(ID, "b", List.of()) : new TradingHalted(ID, "c"));
      }
      assertThat(log.streamQueries()).isEqualTo(1);
    }
  }

  /** The database's driver reads its answers from a plain socket, as this log does. */
  @Test
  void Bug_3_closing_it_does_not_break_the_connection_under_a_query() throws Exception {
    try (ServerSocket database = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Socket connection = new Socket(database.getInetAddress(), database.getLocalPort());
        Socket answering = database.accept()) {
      LinkedBlockingQueue<Object> answers = new LinkedBlockingQueue<>();
      CountDownLatch asked = new CountDownLatch(1);
      EventLog slow =
          new MemoryLog() {
            @Override
            public List<LoggedEvent> stream(String stream, long fromSequence) {
              asked.countDown();
              try {
                answers.add(connection.getInputStream().read());
              } catch (IOException broken) {
                answers.add(broken);
              }
              return List.of();
            }
          };
      TradingStateTail tail =
          new TradingStateTail(slow, row -> (TradingEvent) MemoryLog.decode(row), Duration.ZERO);
      tail.start((state, reason, position) -> told.add(state));
      asked.await();

      tail.close();
      answering.getOutputStream().write(7);

      assertThat(answers.take()).isEqualTo(7);
    }
  }

  private TradingStateTail tail(Duration betweenLooks) {
    return new TradingStateTail(log, row -> (TradingEvent) MemoryLog.decode(row), betweenLooks);
  }

  private void append(GuardsEvent event) {
    log.append(ID, "trading-state", UUID.randomUUID(), event, Map.of());
  }
}
