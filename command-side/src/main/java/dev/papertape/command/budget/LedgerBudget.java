package dev.papertape.command.budget;

import dev.papertape.command.ConflictRetry;
import dev.papertape.command.engine.RepeatedFailure;
import dev.papertape.contracts.budget.BudgetCommand;
import dev.papertape.contracts.budget.BudgetCommand.CountDenials;
import dev.papertape.contracts.budget.BudgetCommand.ExpireReservations;
import dev.papertape.contracts.budget.BudgetCommand.InspectProvider;
import dev.papertape.contracts.budget.BudgetCommand.ReserveCall;
import dev.papertape.contracts.budget.BudgetCommand.SettleCall;
import dev.papertape.contracts.budget.DenialReason;
import dev.papertape.contracts.budget.ProviderState;
import dev.papertape.contracts.budget.ReserveReply;
import dev.papertape.contracts.budget.ReserveReply.Denied;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.axonframework.modelling.command.AggregateNotFoundException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The ledgers in the log. Two processes that want the same place in a ledger's stream meet as a
 * conflict of the append; the loser reads and decides again. Without the database nothing is
 * granted: fail closed.
 */
public final class LedgerBudget implements Budget {
  private static final Logger log = LoggerFactory.getLogger(LedgerBudget.class);
  private static final int MOST_UNSETTLED = 1_000;

  private final Function<BudgetCommand, Object> ledger;
  private final ConflictRetry retry;
  private final Denials denials;
  private final BudgetMetrics metrics;
  private final InstantSource clock;
  private final RepeatedFailure away;
  private final ArrayDeque<SettleCall> unsettled = new ArrayDeque<>();

  /**
   * @param ledger sends a command and waits for its reply
   */
  public LedgerBudget(
      Function<BudgetCommand, Object> ledger,
      ConflictRetry retry,
      BudgetMetrics metrics,
      InstantSource clock) {
    this.ledger = ledger;
    this.retry = retry;
    this.metrics = metrics;
    this.clock = clock;
    this.denials = new Denials(clock);
    this.away = new RepeatedFailure(Duration.ofMillis(100), Duration.ofSeconds(5), clock);
  }

  @Override
  public ReserveReply reserve(ReserveCall call) {
    Optional<Denied> known = denials.known(call);
    ReserveReply reply = known.isPresent() ? known.get() : ask(call);
    if (reply instanceof Denied denied) {
      denials.denied(call, denied);
      metrics.denied(call.provider(), denied.reason());
    } else {
      metrics.granted(call.provider());
    }
    return reply;
  }

  private ReserveReply ask(ReserveCall call) {
    try {
      ReserveReply reply = (ReserveReply) retry.call(() -> ledger.apply(call));
      works();
      return reply;
    } catch (AggregateNotFoundException unknown) {
      return new Denied(
          DenialReason.UNKNOWN_PROVIDER, "no provider " + call.provider(), null, true);
    } catch (RuntimeException failure) {
      // Should it stand in the log after all, it expires there.
      fails(failure);
      return new Denied(
          DenialReason.LEDGER_UNAVAILABLE, "the ledger cannot be written to", null, true);
    }
  }

  @Override
  public void settle(SettleCall call) {
    metrics.settled(call);
    if (!tryToSettle(call)) {
      synchronized (unsettled) {
        if (unsettled.size() < MOST_UNSETTLED) {
          unsettled.add(call);
        }
      }
    }
  }

  private boolean tryToSettle(SettleCall call) {
    try {
      retry.call(() -> ledger.apply(call));
      works();
      return true;
    } catch (AggregateNotFoundException unknown) {
      return true;
    } catch (RuntimeException failure) {
      fails(failure);
      return false;
    }
  }

  /** The ledger as it stands; empty when there is none, or it cannot be read now. */
  public Optional<ProviderState> inspect(String provider) {
    try {
      ProviderState state = (ProviderState) ledger.apply(new InspectProvider(provider));
      return Optional.of(state);
    } catch (AggregateNotFoundException unknown) {
      return Optional.empty();
    } catch (RuntimeException failure) {
      fails(failure);
      return Optional.empty();
    }
  }

  /**
   * What is due beside the calls: settlements that could not be written, denials that were only
   * counted, reservations that nobody settled. Any process may do it, any number of times.
   *
   * @param at each provider's time
   */
  public void tidy(Collection<String> providers, Function<String, Instant> at) {
    List<SettleCall> again;
    synchronized (unsettled) {
      again = new ArrayList<>(unsettled);
      unsettled.clear();
    }
    again.forEach(
        call -> {
          if (!tryToSettle(call)) {
            synchronized (unsettled) {
              unsettled.add(call);
            }
          }
        });
    countDenials(false);
    for (String provider : providers) {
      send(new ExpireReservations(provider, at.apply(provider)));
    }
  }

  /** Writes down the denials that were only counted; all of them when the program ends. */
  public void countDenials(boolean all) {
    for (CountDenials due : denials.due(all)) {
      if (!send(due)) {
        denials.putBack(due);
      }
    }
  }

  /** Whether nothing of it is left to be written. */
  private boolean send(BudgetCommand command) {
    try {
      retry.call(() -> ledger.apply(command));
      works();
      return true;
    } catch (AggregateNotFoundException unknown) {
      log.debug("{} has no ledger yet", command.provider());
      return true;
    } catch (RuntimeException failure) {
      fails(failure);
      return false;
    }
  }

  private void fails(RuntimeException failure) {
    if (Thread.currentThread().isInterrupted()) {
      return; // The caller is being stopped; the ledger is well.
    }
    synchronized (away) {
      away.happened(failure)
          .ifPresent(why -> log.warn("no external call is made: the ledger is away: {}", why));
    }
    metrics.ledgerAway(true);
  }

  private void works() {
    if (metrics.isLedgerAway()) {
      synchronized (away) {
        away.isOver();
      }
      metrics.ledgerAway(false);
      log.info("the ledger can be written to again ({})", clock.instant());
    }
  }
}
