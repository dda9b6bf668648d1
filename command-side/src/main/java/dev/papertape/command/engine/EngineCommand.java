package dev.papertape.command.engine;

import dev.papertape.command.alpha.SignalOutcome;
import dev.papertape.command.alpha.SignalStand;
import dev.papertape.command.chaos.ActiveExperiment;
import dev.papertape.command.deploy.Releases;
import dev.papertape.command.guards.LimitOverrides;
import dev.papertape.command.population.PopulationRules;
import dev.papertape.command.router.Gate;
import dev.papertape.contracts.alpha.AlphaSpec;
import dev.papertape.contracts.execution.OrderIntent;
import dev.papertape.contracts.guards.TradingState;
import dev.papertape.contracts.market.Candle;
import dev.papertape.contracts.market.Symbol;
import dev.papertape.contracts.market.Venue;
import dev.papertape.contracts.population.Population;
import dev.papertape.contracts.population.PopulationEvent.MembersScored;
import dev.papertape.contracts.quality.QualityReason;
import dev.papertape.eventstore.append.IdempotencyClaim;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What people, programs and other parts ask of the engine, through its one mailbox.
 *
 * <p>Futures are completed on the engine's thread and must not run anything slow there.
 */
public sealed interface EngineCommand {

  /** Completes the command's future exceptionally: the engine will not consume it. */
  void refuse(RuntimeException reason);

  /**
   * Trade on paper.
   *
   * @param origin who asks, as metadata of every event of the order: {@code actor}, {@code
   *     correlationId}, {@code causationId}
   * @param claims makes the caller's idempotency claim for an order id, written with the order's
   *     first facts; gives null without a key
   * @param accepted completes once the engine has consumed the intent
   */
  record PlaceOrder(
      OrderIntent intent,
      Map<String, String> origin,
      Function<String, @Nullable IdempotencyClaim> claims,
      CompletableFuture<OrderProgress> accepted)
      implements EngineCommand {
    @Override
    public void refuse(RuntimeException reason) {
      accepted.completeExceptionally(reason);
    }
  }

  /**
   * Cancel what rests of a GTC order.
   *
   * @param claim the caller's idempotency claim, written with the fact; null without a key
   */
  record CancelOrder(
      String orderId,
      String reason,
      Map<String, String> origin,
      @Nullable IdempotencyClaim claim,
      CompletableFuture<CancelOutcome> done)
      implements EngineCommand {
    @Override
    public void refuse(RuntimeException failure) {
      done.completeExceptionally(failure);
    }
  }

  /** The trading state changed in the log. */
  record ApplyTradingState(TradingState state, String reason, long position)
      implements EngineCommand {
    @Override
    public void refuse(RuntimeException failure) {
      // Nobody waits: the next engine reads the state from the log when it starts.
    }
  }

  /** The limits that operators set changed in the log. */
  record ApplyGuardLimits(LimitOverrides limits) implements EngineCommand {
    @Override
    public void refuse(RuntimeException failure) {
      // Nobody waits: the next engine reads the limits from the log when it starts.
    }
  }

  /**
   * From the next input on the control plane keeps orders away from exactly these venues. Saying it
   * again changes nothing; who watches budgets says it to a new engine, too.
   *
   * @param closed with the gate that is shut
   */
  record CloseVenues(Map<Venue, Gate> closed) implements EngineCommand {
    @Override
    public void refuse(RuntimeException failure) {
      // Said again within seconds.
    }
  }

  /** What decisions are made under changed in the log. */
  record ApplyReleases(Releases releases) implements EngineCommand {
    @Override
    public void refuse(RuntimeException failure) {
      // Nobody waits: the next engine reads releases and rollout from the log when it starts.
    }
  }

  /** Which alphas there are, and what they are asked under, changed in the log. */
  record ApplyAlphas(List<AlphaSpec> specs) implements EngineCommand {
    public ApplyAlphas {
      specs = List.copyOf(specs);
    }

    @Override
    public void refuse(RuntimeException failure) {
      // Nobody waits: the next engine reads the registry from the log when it starts.
    }
  }

  /**
   * A signal of an alpha from outside, which holds from the next sample on.
   *
   * @param at the sender's time, null for the moment at which the engine takes it
   * @param claim the caller's idempotency claim, written with the fact; null without a key
   */
  record ReceiveSignal(
      String alphaId,
      Symbol symbol,
      double value,
      long horizonMs,
      @Nullable Instant at,
      Map<String, String> origin,
      @Nullable IdempotencyClaim claim,
      CompletableFuture<SignalOutcome> done)
      implements EngineCommand {
    @Override
    public void refuse(RuntimeException failure) {
      done.completeExceptionally(failure);
    }
  }

  /** Look at what the next signal of an alpha must be newer than. Changes nothing. */
  record ReadSignals(String alphaId, CompletableFuture<SignalStand> stand)
      implements EngineCommand {
    @Override
    public void refuse(RuntimeException failure) {
      stand.completeExceptionally(failure);
    }
  }

  /**
   * What populations there are changed in the log, or this life begins.
   *
   * @param newest scores of those that this life does not know yet
   * @param inline ends generations within the engine, for a run over history; null where the
   *     aggregate ends them
   */
  record ApplyPopulations(
      List<Population> populations, List<MembersScored> newest, @Nullable PopulationRules inline)
      implements EngineCommand {
    @Override
    public void refuse(RuntimeException failure) {
      // Nobody waits: the next engine reads the populations from the log when it starts.
    }
  }

  /**
   * A new paper account.
   *
   * @param claim the caller's idempotency claim, written with the fact; null without a key
   */
  record ResetPortfolio(
      String reason,
      Map<String, String> origin,
      @Nullable IdempotencyClaim claim,
      CompletableFuture<FactReceipt> done)
      implements EngineCommand {
    @Override
    public void refuse(RuntimeException failure) {
      done.completeExceptionally(failure);
    }
  }

  /**
   * A quarantined bar that an operator has called good in the log: the store and the features use
   * it from now on. Doing it again changes nothing.
   *
   * @param quarantineId the record that was decided on
   * @param reasons why it had been put aside
   * @param detail the operator's words
   */
  record UseBar(
      String quarantineId,
      Candle candle,
      List<QualityReason> reasons,
      String detail,
      CompletableFuture<Void> used)
      implements EngineCommand {
    @Override
    public void refuse(RuntimeException failure) {
      used.completeExceptionally(failure);
    }
  }

  /**
   * A quarantined bar that an operator has called bad in the log: the guards' later verdict on it
   * counts no more. Doing it again changes nothing.
   */
  record DropBar(String quarantineId, Candle candle, CompletableFuture<Void> dropped)
      implements EngineCommand {
    @Override
    public void refuse(RuntimeException failure) {
      dropped.completeExceptionally(failure);
    }
  }

  /**
   * From the next input on exactly these fault experiments are active: their ids stand in the
   * metadata of every event. Saying it again changes nothing; a new life learns it from the log.
   *
   * @param marked completes once the engine has consumed it
   */
  record MarkExperiments(List<ActiveExperiment> active, CompletableFuture<Void> marked)
      implements EngineCommand {
    @Override
    public void refuse(RuntimeException failure) {
      marked.completeExceptionally(failure);
    }
  }

  /** Look at a book between two inputs. Changes nothing and is not recorded. */
  record ReadBook(Venue venue, Symbol symbol, int depth, CompletableFuture<BookReading> reading)
      implements EngineCommand {
    @Override
    public void refuse(RuntimeException failure) {
      reading.completeExceptionally(failure);
    }
  }

  /** Look at the engine between two inputs. Changes nothing and is not recorded. */
  record ReadStatus(CompletableFuture<EngineStatus> status) implements EngineCommand {
    @Override
    public void refuse(RuntimeException failure) {
      status.completeExceptionally(failure);
    }
  }
}
