package dev.papertape.command.alpha;

import dev.papertape.contracts.alpha.AlphaKind;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Somebody else's alpha, made and asked on a daemon thread of its own: the engine's waits until the
 * deadline and no longer. It sees a copy of the mids, and must be given a copy of the features, so
 * that what goes on after the deadline cannot disturb the engine. At most one thread, which ends by
 * itself when it is idle; while it hangs, every further question counts as hung at once.
 */
final class HeldToDeadline implements Alpha {
  /** Making it also loads its classes. */
  private static final Duration LONGEST_MAKING = Duration.ofSeconds(1);

  private static final long IDLE_SECONDS = 5;

  private final String id;
  private final Duration deadline;
  private final ThreadPoolExecutor thread;
  private final AtomicBoolean asked = new AtomicBoolean();
  private final Made made;

  private record Made(Alpha alpha, int lookBack, List<String> features) {}

  /** It did not answer in time. */
  static final class Hung extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private Hung(String message) {
      super(message);
    }
  }

  /**
   * @param making makes the alpha, on its thread
   * @throws Hung if that takes too long
   */
  HeldToDeadline(String id, Supplier<Alpha> making, Duration deadline) {
    this.id = id;
    this.deadline = deadline;
    this.thread =
        new ThreadPoolExecutor(
            1,
            1,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(1),
            Thread.ofPlatform().daemon().name("alpha-" + id).factory());
    thread.allowCoreThreadTimeOut(true);
    this.made =
        call(
            () -> {
              Alpha alpha = making.get();
              return new Made(alpha, alpha.lookBack(), List.copyOf(alpha.features()));
            },
            LONGEST_MAKING);
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public AlphaKind kind() {
    return AlphaKind.PROVIDED;
  }

  @Override
  public int lookBack() {
    return made.lookBack();
  }

  @Override
  public List<String> features() {
    return made.features();
  }

  /**
   * @param now with features that another thread may read
   * @throws Hung if there is no answer within the deadline
   */
  @Override
  public @Nullable Double signal(AlphaMoment now) {
    AlphaMoment copy =
        new AlphaMoment(
            now.mids().copy(made.lookBack()), now.features(), now.regime(), now.previous());
    return this.<@Nullable Double>call(() -> made.alpha().signal(copy), deadline);
  }

  /** Waiting on is needless: it will not be asked again, or only after somebody says so. */
  void close() {
    thread.shutdownNow();
  }

  private <T extends @Nullable Object> T call(Callable<T> question, Duration longest) {
    if (!asked.compareAndSet(false, true)) {
      throw new Hung("It has not answered an earlier question yet.");
    }
    CompletableFuture<T> answer = new CompletableFuture<>();
    thread.execute(() -> answer(question, answer));
    try {
      return answer.get(longest.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException late) {
      throw new Hung("It did not answer within " + longest.toMillis() + " ms.");
    } catch (ExecutionException failed) {
      Throwable cause = failed.getCause();
      throw cause instanceof RuntimeException known
          ? known
          : new IllegalStateException(String.valueOf(cause), cause);
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      throw new Hung("The engine stops.");
    }
  }

  /** It may be asked again before its answer is seen: the next question may follow at once. */
  private <T extends @Nullable Object> void answer(
      Callable<T> question, CompletableFuture<T> answer) {
    T value;
    try {
      value = question.call();
    } catch (Throwable failure) {
      asked.set(false);
      answer.completeExceptionally(failure);
      return;
    }
    asked.set(false);
    answer.complete(value);
  }
}
