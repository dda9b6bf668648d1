package dev.papertape.eventstore.append;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the edge and the append share about one command: its idempotency claim goes in, where its
 * last events landed comes out. Axon's SPI returns nothing, but the engine runs on the caller's
 * thread and finds the scope there.
 *
 * <pre>{@code
 * AppendScope scope = AppendScope.claiming(claim);
 * Reply reply = scope.call(() -> commandGateway.sendAndWait(command));
 * scope.lastAppended();
 * }</pre>
 *
 * A command handled on another thread (a retry, a distributed bus) does not see it. Not for use by
 * two threads at once.
 */
public final class AppendScope {
  private static final ScopedValue<AppendScope> CURRENT = ScopedValue.newInstance();

  private @Nullable IdempotencyClaim claim;
  private @Nullable Appended lastAppended;

  private AppendScope(@Nullable IdempotencyClaim claim) {
    this.claim = claim;
  }

  /** A scope without an idempotency key. */
  public static AppendScope plain() {
    return new AppendScope(null);
  }

  /** The first unit of work that is appended in the scope claims the key with its events. */
  public static AppendScope claiming(@Nullable IdempotencyClaim claim) {
    return new AppendScope(claim);
  }

  /** Runs the work in this scope and returns what it returns. */
  public <T extends @Nullable Object, X extends Throwable> T call(
      ScopedValue.CallableOp<? extends T, X> work) throws X {
    return ScopedValue.where(CURRENT, this).call(work);
  }

  /** Where the newest unit of work of this scope landed, empty if nothing was appended. */
  public Optional<Appended> lastAppended() {
    return Optional.ofNullable(lastAppended);
  }

  static @Nullable IdempotencyClaim currentClaim() {
    return CURRENT.isBound() ? CURRENT.get().claim : null;
  }

  /** Tells the current scope, if any, that its unit of work is durable. */
  static void appended(Appended appended) {
    if (CURRENT.isBound()) {
      AppendScope scope = CURRENT.get();
      scope.claim = null;
      scope.lastAppended = appended;
    }
  }
}
