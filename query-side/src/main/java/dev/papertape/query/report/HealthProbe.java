package dev.papertape.query.report;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Asks somebody who may never answer. The question is asked on a virtual thread and is never asked
 * twice at a time: who comes while one is under way waits for its answer, each until a deadline of
 * his own. An answer is at most as old as the question was when its caller came.
 *
 * <p>A question that has been under way for too long is interrupted when the next caller comes,
 * which closes the socket it reads from; else one packet lost for good would look like a database
 * away for good.
 */
final class HealthProbe<T> {
  private final Callable<T> question;
  private final Duration deadline;
  private final Duration longestAsk;
  private @Nullable Asking<T> asking;

  /**
   * @param deadline after which a caller is told that there is no answer
   * @param longestAsk after which a question is given up
   */
  HealthProbe(Callable<T> question, Duration deadline, Duration longestAsk) {
    this.question = question;
    this.deadline = deadline;
    this.longestAsk = longestAsk;
  }

  private record Asking<T>(FutureTask<T> answer, Thread thread, long sinceNanos) {}

  /**
   * @throws TimeoutException when the deadline is over first
   * @throws ExecutionException with what the question threw
   */
  T ask() throws TimeoutException, ExecutionException, InterruptedException {
    return underWay().get(deadline.toNanos(), TimeUnit.NANOSECONDS);
  }

  private synchronized FutureTask<T> underWay() {
    Asking<T> current = asking;
    if (current == null || current.answer().isDone()) {
      FutureTask<T> answer = new FutureTask<>(question);
      current =
          new Asking<>(
              answer, Thread.ofVirtual().name("health-probe").start(answer), System.nanoTime());
      asking = current;
    } else if (System.nanoTime() - current.sinceNanos() > longestAsk.toNanos()) {
      current.thread().interrupt();
    }
    return current.answer();
  }
}
