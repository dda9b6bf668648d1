package dev.papertape.command.guards;

import dev.papertape.contracts.DomainEvent;
import dev.papertape.contracts.execution.ExecutionEvent;
import dev.papertape.contracts.execution.ExecutionEvent.EngineCheckpointed;
import dev.papertape.contracts.execution.ExecutionEvent.PortfolioMarked;
import dev.papertape.contracts.execution.ExecutionEvent.PortfolioReset;
import dev.papertape.contracts.guards.GuardsEvent;
import dev.papertape.contracts.guards.GuardsEvent.GuardCleared;
import dev.papertape.contracts.guards.GuardsEvent.GuardSeen;
import dev.papertape.contracts.guards.GuardsEvent.GuardTripped;
import dev.papertape.contracts.guards.GuardsEvent.GuardsObserved;
import dev.papertape.contracts.guards.GuardsEvent.TradingResumed;
import dev.papertape.contracts.guards.TradingState;
import dev.papertape.eventstore.log.EventLog;
import dev.papertape.eventstore.log.LoggedEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Folds the log into the state that an engine's guards start with: the newest observation, which is
 * at most some ten seconds of feed time old, and what follows it.
 */
public final class GuardRecovery {
  private final EventLog log;
  private final Function<LoggedEvent, ? extends DomainEvent> decode;
  private final List<GuardSeen> tripped = new ArrayList<>();
  private PeakWindow peaks = new PeakWindow(AccountLimits.DEFAULT.lookBack(), List.of());
  private ClosedRounds rounds = new ClosedRounds(0, null);
  private boolean restarts;

  public GuardRecovery(EventLog log, Function<LoggedEvent, ? extends DomainEvent> decode) {
    this.log = log;
    this.decode = decode;
  }

  public GuardsRecovered recover(TradingState operator, LimitOverrides limits) {
    Optional<LoggedEvent> newest = log.lastOf(GuardsObserved.STREAM);
    newest.ifPresent(row -> startFrom((GuardsObserved) decode.apply(row)));
    // A log from before there were such guards: what is older than its checkpoint is let go.
    long after =
        newest
            .or(() -> log.lastOf(EngineCheckpointed.STREAM))
            .map(LoggedEvent::position)
            .orElse(0L);
    log.forEach(after, log.head(), this::fold);
    return new GuardsRecovered(
        operator,
        limits,
        List.copyOf(tripped),
        peaks.peaks(),
        rounds.losses(),
        rounds.newestLoss(),
        restarts);
  }

  private void startFrom(GuardsObserved observed) {
    observed.seen().stream().filter(GuardSeen::tripped).forEach(tripped::add);
    peaks = new PeakWindow(AccountLimits.DEFAULT.lookBack(), observed.peaks());
    rounds = new ClosedRounds(observed.lossStreak(), observed.newestLoss());
  }

  private void fold(LoggedEvent row) {
    String type = row.payloadType();
    if (type.startsWith("execution.") || type.startsWith("guards.")) {
      switch (decode.apply(row)) {
        case PortfolioMarked mark -> peaks.add(mark);
        case PortfolioReset reset -> {
          startOver();
          peaks.add(reset.feedTime(), reset.initialCash());
        }
        case ExecutionEvent event -> rounds.happened(event);
        case GuardsEvent event -> fold(event);
        default -> {}
      }
    }
  }

  private void fold(GuardsEvent event) {
    switch (event) {
      case GuardTripped trip -> {
        forget(trip);
        tripped.add(
            new GuardSeen(
                trip.guard(),
                trip.scope(),
                trip.value(),
                trip.limit(),
                trip.feedTime(),
                trip.clearsWhen()));
      }
      case GuardCleared clear -> forget(clear);
      case TradingResumed _ -> {
        startOver();
        restarts = true;
      }
      case GuardsEvent.TradingHalted _,
          GuardsEvent.TradingReduced _,
          GuardsEvent.GuardLimitChanged _,
          GuardsObserved _ -> {}
    }
  }

  private void startOver() {
    peaks.clear();
    rounds.forget();
  }

  private void forget(GuardsEvent.StandingEvent event) {
    tripped.removeIf(
        guard -> guard.guard() == event.guard() && guard.scope().equals(event.scope()));
  }
}
