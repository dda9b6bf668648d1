package dev.papertape.command.budget;

import dev.papertape.contracts.budget.Admission;
import dev.papertape.contracts.budget.Admission.Denial;
import dev.papertape.contracts.budget.Admission.Wish;
import dev.papertape.contracts.budget.Alignment;
import dev.papertape.contracts.budget.Breaker;
import dev.papertape.contracts.budget.BudgetCommand.CountDenials;
import dev.papertape.contracts.budget.BudgetCommand.PutProvider;
import dev.papertape.contracts.budget.BudgetCommand.ReserveCall;
import dev.papertape.contracts.budget.BudgetCommand.SettleCall;
import dev.papertape.contracts.budget.BudgetEvent.BreakerClosed;
import dev.papertape.contracts.budget.BudgetEvent.BreakerOpened;
import dev.papertape.contracts.budget.BudgetEvent.CallDenied;
import dev.papertape.contracts.budget.BudgetEvent.CallReserved;
import dev.papertape.contracts.budget.BudgetEvent.CallSettled;
import dev.papertape.contracts.budget.BudgetEvent.ProviderChanged;
import dev.papertape.contracts.budget.BudgetEvent.ProviderCooledDown;
import dev.papertape.contracts.budget.BudgetEvent.ProviderEvent;
import dev.papertape.contracts.budget.BudgetEvent.QuotaChanged;
import dev.papertape.contracts.budget.BudgetEvent.QuotaObserved;
import dev.papertape.contracts.budget.BudgetEvent.ReservationExpired;
import dev.papertape.contracts.budget.ObservedUse;
import dev.papertape.contracts.budget.ProviderState;
import dev.papertape.contracts.budget.Quota;
import dev.papertape.contracts.budget.Reservation;
import dev.papertape.contracts.budget.ReserveReply;
import dev.papertape.contracts.budget.ReserveReply.Denied;
import dev.papertape.contracts.budget.ReserveReply.Granted;
import dev.papertape.contracts.budget.WindowUse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A provider's rule: reserve, settle once, expire what nobody settles. Pure: a state and a command
 * with its time give events.
 */
public final class ProviderDecider {
  private ProviderDecider() {}

  /** What follows from a command. */
  public record Reserved(List<ProviderEvent> events, ReserveReply reply) {}

  /**
   * Grants the call or not. A denial that was written down before, and still holds, makes no event:
   * the caller counts it and says so later ({@link #count}).
   */
  public static Reserved reserve(ProviderState before, ReserveCall call) {
    Instant at = before.noEarlier(call.at());
    List<ProviderEvent> events = new ArrayList<>(expire(before, at));
    ProviderState state = before;
    for (ProviderEvent expired : events) {
      state = state.after(expired);
    }
    Wish wish =
        new Wish(
            call.capability(), call.weight(), call.orders(), call.costMicros(), call.critical());
    Optional<Denial> denial = Admission.denial(state, wish, at);
    if (denial.isPresent()) {
      Denial why = denial.get();
      boolean told = state.hasTold(why.reason(), at);
      if (!told) {
        events.add(
            new CallDenied(
                call.provider(),
                call.capability(),
                why.reason(),
                why.detail(),
                why.until(),
                1,
                at));
      }
      return new Reserved(
          List.copyOf(events), new Denied(why.reason(), why.detail(), why.until(), !told));
    }
    long cost = Admission.worstCostMicros(state, wish).orElseThrow();
    Instant deadline = call.deadline().isAfter(at) ? call.deadline() : at.plusMillis(1);
    events.add(
        new CallReserved(
            call.provider(),
            call.reservationId(),
            call.capability(),
            call.weight(),
            call.orders(),
            cost,
            call.critical(),
            state.breaker().at(at) == Breaker.Position.HALF_OPEN,
            deadline,
            at));
    return new Reserved(List.copyOf(events), new Granted(call.reservationId(), cost));
  }

  /** Settles once; a second time, or what was never reserved, nothing follows. */
  public static List<ProviderEvent> settle(ProviderState before, SettleCall call) {
    Reservation open = before.open().get(call.reservationId());
    Reservation given = open == null ? before.expired().get(call.reservationId()) : open;
    if (given == null) {
      return List.of();
    }
    Instant at = before.noEarlier(call.at());
    Long told = call.costMicros();
    long cost =
        !call.sent() ? 0 : told == null ? given.costMicros() : Math.clamp(told, 0, Quota.MOST);
    CallSettled settled =
        new CallSettled(
            call.provider(),
            call.reservationId(),
            given.capability(),
            call.outcome(),
            call.status(),
            call.sent() ? 1 : 0,
            call.sent() ? given.weight() : 0,
            call.sent() ? given.orders() : 0,
            cost,
            call.latencyMs(),
            observed(before, given, call, at),
            open == null,
            at);
    List<ProviderEvent> events = new ArrayList<>(List.of(settled));
    ProviderState state = before.after(settled);
    drifts(before, state, settled, events);
    coolsDown(before, call, at).ifPresent(events::add);
    breaker(before, state, given, call, at).ifPresent(events::add);
    return List.copyOf(events);
  }

  /**
   * What it said now together with what it said before and still holds: the longer wait, and a ban
   * when either was one. Empty when that is no news.
   */
  private static Optional<ProviderEvent> coolsDown(
      ProviderState before, SettleCall call, Instant at) {
    Instant said = call.limitedUntil();
    if (said == null || !said.isAfter(at)) {
      return Optional.empty();
    }
    Instant known = before.isLimited(at) ? before.limitedUntil() : null;
    Instant until = known == null || said.isAfter(known) ? said : known;
    boolean banned = call.banned() || (known != null && before.banned());
    return until.equals(known) && banned == before.banned()
        ? Optional.empty()
        : Optional.of(new ProviderCooledDown(call.provider(), banned, until, at));
  }

  /**
   * What a call tells that straddles two windows may be about either; it is left out. So is what no
   * window of ours counts.
   */
  private static List<ObservedUse> observed(
      ProviderState state, Reservation call, SettleCall settle, Instant at) {
    return settle.observed().stream()
        .filter(
            use ->
                state.windows().stream()
                    .anyMatch(
                        window ->
                            window.quota().kind() == use.kind()
                                && window.quota().periodMs() == use.periodMs()
                                && inOneWindow(window, call.reservedAt(), at)))
        .toList();
  }

  private static boolean inOneWindow(WindowUse window, Instant from, Instant to) {
    return window.quota().alignment() == Alignment.ROLLING
        || window.startAt(from).equals(window.startAt(to));
  }

  /** The provider's count went away from ours, or came back. */
  private static void drifts(
      ProviderState before, ProviderState state, CallSettled settled, List<ProviderEvent> events) {
    for (ObservedUse use : settled.observed()) {
      for (int w = 0; w < state.windows().size(); w++) {
        WindowUse window = state.windows().get(w);
        if (window.quota().kind() == use.kind() && window.quota().periodMs() == use.periodMs()) {
          long ours = Math.addExact(window.settledAt(settled.at()), state.reserved(use.kind()));
          long excess = window.usedAt(settled.at()) - window.settledAt(settled.at());
          WindowUse earlier = before.windows().get(w);
          long known = earlier.usedAt(settled.at()) - earlier.settledAt(settled.at());
          if (excess != known) {
            events.add(
                new QuotaObserved(
                    settled.provider(),
                    use.kind(),
                    use.periodMs(),
                    use.used(),
                    ours,
                    use.used() - ours,
                    settled.at()));
          }
        }
      }
    }
  }

  private static Optional<ProviderEvent> breaker(
      ProviderState before, ProviderState state, Reservation call, SettleCall settle, Instant at) {
    Breaker breaker = before.breaker();
    if (settle.outcome().isFailure()) {
      boolean failedAgain = call.probe() && breaker.at(at) == Breaker.Position.HALF_OPEN;
      boolean tooOften =
          breaker.at(at) == Breaker.Position.CLOSED
              && state.breaker().failures() >= Breaker.MOST_FAILURES;
      return failedAgain || tooOften
          ? Optional.of(
              new BreakerOpened(
                  settle.provider(), state.breaker().failures(), breaker.nextUntil(at), at))
          : Optional.empty();
    }
    return settle.outcome().isAnswer() && breaker.openUntil() != null
        ? Optional.of(new BreakerClosed(settle.provider(), at))
        : Optional.empty();
  }

  /** What was not settled in time is given up, oldest first. */
  public static List<ProviderEvent> expire(ProviderState state, Instant asked) {
    Instant at = state.noEarlier(asked);
    return state.open().values().stream()
        .filter(reservation -> !reservation.deadline().isAfter(at))
        .sorted(Comparator.comparing(Reservation::deadline).thenComparing(Reservation::id))
        .<ProviderEvent>map(
            reservation -> new ReservationExpired(state.provider(), reservation.id(), at))
        .toList();
  }

  /** Denials that made no event of their own. */
  public static List<ProviderEvent> count(ProviderState state, CountDenials denials) {
    return denials.count() <= 0
        ? List.of()
        : List.of(
            new CallDenied(
                denials.provider(),
                denials.capability(),
                denials.reason(),
                denials.count() + " more",
                denials.until(),
                denials.count(),
                state.noEarlier(denials.at())));
  }

  /** Only what differs makes an event. */
  public static List<ProviderEvent> change(ProviderState state, PutProvider put) {
    Instant at = state.noEarlier(put.at());
    List<ProviderEvent> events = new ArrayList<>();
    if (!put.settings().equals(state.settings())) {
      events.add(new ProviderChanged(put.provider(), put.settings(), at));
    }
    if (!put.quotas().equals(state.quotas())) {
      events.add(new QuotaChanged(put.provider(), put.quotas(), at));
    }
    return List.copyOf(events);
  }
}
