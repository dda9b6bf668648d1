package dev.papertape.query.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class HealthProbeTest {
  private static final Duration SHORT = Duration.ofMillis(20);
  private static final Duration LONG = Duration.ofMinutes(5);

  private final AtomicInteger asked = new AtomicInteger();
  private final CountDownLatch answering = new CountDownLatch(1);

  @Test
  void each_caller_gets_an_answer_of_his_own_when_none_is_under_way() throws Exception {
    var probe = new HealthProbe<>(asked::incrementAndGet, LONG, LONG);
    assertThat(probe.ask()).isEqualTo(1);
    assertThat(probe.ask()).isEqualTo(2);
  }

  @Test
  void what_the_question_throws_is_the_answer_and_it_is_asked_again() throws Exception {
    var probe =
        new HealthProbe<>(
            () -> {
              if (asked.incrementAndGet() == 1) {
                throw new IllegalStateException("away");
              }
              return "back";
            },
            LONG,
            LONG);
    assertThatThrownBy(probe::ask)
        .isInstanceOf(ExecutionException.class)
        .hasRootCauseMessage("away");
    assertThat(probe.ask()).isEqualTo("back");
  }

  @Test
  void Bug_3_who_waits_in_vain_is_told_so_and_the_question_is_not_asked_twice() throws Exception {
    var probe = new HealthProbe<>(this::answerWhenLet, SHORT, LONG);
    for (int caller = 0; caller < 5; caller++) {
      assertThatThrownBy(probe::ask).isInstanceOf(TimeoutException.class);
    }
    assertThat(asked).hasValue(1);
  }

  @Test
  void Bug_3_who_comes_while_it_is_under_way_shares_the_answer_and_the_next_gets_a_new_one()
      throws Exception {
    var probe = new HealthProbe<>(this::answerWhenLet, LONG, LONG);
    Caller first = new Caller(probe);
    Caller second = new Caller(probe);
    first.awaitWaiting();
    second.awaitWaiting();
    answering.countDown();
    assertThat(first.answer.get()).isEqualTo(1);
    assertThat(second.answer.get()).isEqualTo(1);
    assertThat(probe.ask()).isEqualTo(2);
  }

  @Test
  void Bug_3_a_question_that_is_never_answered_is_given_up_for_a_new_one() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    var probe =
        new HealthProbe<>(
            () -> {
              if (asked.incrementAndGet() == 1) {
                never.await();
              }
              return "back";
            },
            SHORT,
            Duration.ZERO);
    assertThatThrownBy(probe::ask).isInstanceOf(TimeoutException.class);
    assertThatThrownBy(probe::ask)
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(InterruptedException.class);
    assertThat(probe.ask()).isEqualTo("back");
    assertThat(asked).hasValue(2);
  }

  private int answerWhenLet() throws InterruptedException {
    int number = asked.incrementAndGet();
    answering.await();
    return number;
  }

  /** Somebody who asks on a thread of his own. */
  private static final class Caller {
    final FutureTask<Integer> answer;
    private final Thread thread;

    Caller(HealthProbe<Integer> probe) {
      answer = new FutureTask<>(probe::ask);
      thread = Thread.ofPlatform().daemon(true).start(answer);
    }

    void awaitWaiting() {
      while (thread.getState() != Thread.State.TIMED_WAITING) {
        Thread.onSpinWait();
      }
    }
  }
}
