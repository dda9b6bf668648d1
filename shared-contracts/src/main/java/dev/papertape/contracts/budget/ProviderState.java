package dev.papertape.contracts.budget;

import dev.papertape.contracts.budget.BudgetEvent.BreakerClosed;
import dev.papertape.contracts.budget.BudgetEvent.BreakerOpened;
import dev.papertape.contracts.budget.BudgetEvent.CallDenied;
import dev.papertape.contracts.budget.BudgetEvent.CallReserved;
import dev.papertape.contracts.budget.BudgetEvent.CallSettled;
import dev.papertape.contracts.budget.BudgetEvent.ProviderChanged;
import dev.papertape.contracts.budget.BudgetEvent.ProviderCooledDown;
import dev.papertape.contracts.budget.BudgetEvent.ProviderEvent;
import dev.papertape.contracts.budget.BudgetEvent.ProviderRegistered;
import dev.papertape.contracts.budget.BudgetEvent.QuotaChanged;
import dev.papertape.contracts.budget.BudgetEvent.QuotaObserved;
import dev.papertape.contracts.budget.BudgetEvent.ReservationExpired;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One provider's ledger after some of its events. Immutable; a fold of the events and nothing else.
 *
 * @param windows in the order of the quotas
 * @param open reservations by id
 * @param expired those that were given up lately, so that a late settlement can correct them
 * @param settledMicros money spent in all, in millionths of the currency
 * @param latencies of the newest answers, ms, oldest first
 * @param limitedUntil when it may be asked again after a 429 or 418, null if it never said so
 * @param banned whether that was a 418
 * @param denials which reasons for denials have been written down, and until when that holds
 * @param time of the newest event
 */
public record ProviderState(
    String provider,
    ProviderSettings settings,
    List<WindowUse> windows,
    Map<String, Reservation> open,
    Map<String, Reservation> expired,
    CallCounts calls,
    long settledMicros,
    List<Double> latencies,
    Breaker breaker,
    @Nullable Instant limitedUntil,
    boolean banned,
    Map<DenialReason, Instant> denials,
    Instant time) {

  /** So that the ledger has a bounded size: one call more at once is refused. */
  public static final int MOST_OPEN = 256;

  private static final int EXPIRED_KEPT = 64;
  private static final int LATENCIES_KEPT = 128;

  /** How long a reason without a known end counts as written down, ms. */
  private static final long DENIAL_TOLD_MS = 60_000;

  /** A ledger begins with its registration. */
  public static ProviderState of(ProviderRegistered registered) {
    return new ProviderState(
        registered.provider(),
        registered.settings(),
        registered.quotas().stream().map(WindowUse::none).toList(),
        Map.of(),
        Map.of(),
        CallCounts.NONE,
        0,
        List.of(),
        Breaker.CLOSED,
        null,
        false,
        Map.of(),
        registered.at());
  }

  /** The state after an event, which is the registration when there is none before it. */
  public static ProviderState after(@Nullable ProviderState before, ProviderEvent event) {
    if (before != null) {
      return before.after(event);
    }
    if (event instanceof ProviderRegistered registered) {
      return of(registered);
    }
    throw new IllegalStateException(event.provider() + " does not begin with its registration");
  }

  /** A moment by this ledger's clock: it never runs backwards. */
  public Instant noEarlier(Instant at) {
    return at.isAfter(time) ? at : time;
  }

  /** The state after one more event. */
  public ProviderState after(ProviderEvent event) {
    Draft draft = new Draft(this, event.at());
    switch (event) {
      case ProviderRegistered registered ->
          throw new IllegalArgumentException(registered.provider() + " is registered already");
      case ProviderChanged changed -> {
        draft.settings = changed.settings();
        draft.denials = Map.of();
      }
      case QuotaChanged changed -> draft.quotas(changed.quotas());
      case CallReserved reserved -> draft.reserved(reserved);
      case CallSettled settled -> draft.settled(settled);
      case CallDenied denied -> {
        draft.calls = calls.denied(denied.count());
        draft.denied(denied);
      }
      case ReservationExpired gone -> draft.expired(gone);
      case QuotaObserved _ -> {
        // Says in words what the settlement before it has brought.
      }
      case ProviderCooledDown cooled -> {
        draft.limitedUntil = cooled.until();
        draft.banned = cooled.banned();
      }
      case BreakerOpened opened -> draft.breaker = breaker.opened(opened.until());
      case BreakerClosed _ -> draft.breaker = Breaker.CLOSED;
    }
    return draft.done();
  }

  /** What all open reservations hold of a kind. */
  public long reserved(QuotaKind kind) {
    long sum = 0;
    for (Reservation each : open.values()) {
      sum = Math.addExact(sum, each.amount(kind));
    }
    return sum;
  }

  /** Used and reserved of a window; the larger of the provider's count and ours counts. */
  public long taken(WindowUse window, Instant at) {
    return Math.addExact(window.usedAt(at), reserved(window.quota().kind()));
  }

  public List<Quota> quotas() {
    return windows.stream().map(WindowUse::quota).toList();
  }

  /** Whether the ledger holds calls off until a moment after {@code at} because it was told to. */
  public boolean isLimited(Instant at) {
    return limitedUntil != null && at.isBefore(limitedUntil);
  }

  public ProviderStanding standing(Instant at) {
    if (isLimited(at)) {
      return banned ? ProviderStanding.BANNED : ProviderStanding.COOLING_DOWN;
    }
    if (breaker.at(at) != Breaker.Position.CLOSED) {
      return ProviderStanding.UNKNOWN;
    }
    ProviderStanding worst = ProviderStanding.OK;
    for (WindowUse window : windows) {
      long taken = taken(window, at);
      long limit = window.quota().limit();
      if (taken >= limit) {
        return ProviderStanding.EXHAUSTED;
      }
      if (taken >= limit / 100.0 * settings.softLimitPercent()) {
        worst = ProviderStanding.SOFT_LIMIT;
      }
    }
    return worst;
  }

  /** Nearest-rank quantile of the newest latencies in ms, null without any. */
  public @Nullable Double latencyMs(double quantile) {
    if (latencies.isEmpty()) {
      return null;
    }
    List<Double> sorted = latencies.stream().sorted().toList();
    int rank = (int) Math.ceil(quantile * sorted.size());
    return sorted.get(Math.max(0, rank - 1));
  }

  /** Whether a denial for this reason has been written down and more of the kind only count. */
  public boolean hasTold(DenialReason reason, Instant at) {
    Instant until = denials.get(reason);
    return until != null && at.isBefore(until);
  }

  /** The next state while it is made. */
  private static final class Draft {
    private final ProviderState before;
    private final Instant at;
    private ProviderSettings settings;
    private List<WindowUse> windows;
    private final Map<String, Reservation> open;
    private final Map<String, Reservation> expired;
    private CallCounts calls;
    private long settledMicros;
    private List<Double> latencies;
    private Breaker breaker;
    private @Nullable Instant limitedUntil;
    private boolean banned;
    private Map<DenialReason, Instant> denials;

    Draft(ProviderState before, Instant at) {
      this.before = before;
      this.at = before.noEarlier(at);
      this.settings = before.settings;
      this.windows = before.windows;
      this.open = new TreeMap<>(before.open);
      this.expired = new TreeMap<>(before.expired);
      this.calls = before.calls;
      this.settledMicros = before.settledMicros;
      this.latencies = before.latencies;
      this.breaker = before.breaker;
      this.limitedUntil = before.limitedUntil;
      this.banned = before.banned;
      this.denials = before.denials;
    }

    void quotas(List<Quota> quotas) {
      windows =
          quotas.stream()
              .map(
                  quota ->
                      before.windows.stream()
                          .filter(window -> window.quota().countsAs(quota))
                          .findFirst()
                          .map(window -> window.withQuota(quota))
                          .orElseGet(() -> WindowUse.none(quota).booking(used(quota), at)))
              .toList();
      denials = Map.of(); // There may be room again.
    }

    /**
     * What a window that was not there before begins with. Nobody knows how the uses of another
     * period or alignment lie in it, so the most that any of them counts is taken: too much for one
     * period at most, and never too little.
     */
    private long used(Quota quota) {
      return before.windows.stream()
          .filter(window -> window.quota().kind() == quota.kind())
          .mapToLong(window -> window.usedAt(at))
          .max()
          .orElse(0);
    }

    void reserved(CallReserved call) {
      open.put(
          call.reservationId(),
          new Reservation(
              call.reservationId(),
              call.capability(),
              call.weight(),
              call.orders(),
              call.costMicros(),
              call.critical(),
              call.probe(),
              call.at(),
              call.deadline(),
              null));
    }

    void settled(CallSettled call) {
      open.remove(call.reservationId());
      Reservation given = expired.remove(call.reservationId());
      Instant givenUp = given == null ? null : given.expiredAt();
      if (given != null && givenUp != null) {
        windows =
            windows.stream()
                .map(window -> window.unbooking(given.amount(window.quota().kind()), givenUp))
                .toList();
        settledMicros -= given.costMicros();
      }
      // A late one takes the place of its worst case; it was not made just now.
      Instant booked = givenUp == null ? at : givenUp;
      book(call.calls(), call.weight(), call.orders(), call.costMicros(), booked);
      observe(call.observed());
      calls = calls.settled(call.outcome(), call.late());
      breaker = breaker.after(call.outcome());
      if (call.outcome().isAnswer()) {
        List<Double> kept = new ArrayList<>(latencies);
        kept.add(call.latencyMs());
        latencies =
            List.copyOf(kept.subList(Math.max(0, kept.size() - LATENCIES_KEPT), kept.size()));
      }
    }

    void expired(ReservationExpired gone) {
      Reservation reservation = open.remove(gone.reservationId());
      if (reservation == null) {
        return;
      }
      // Whenever that is noticed: after its deadline it was not under way any more.
      Instant booked = reservation.deadline().isBefore(at) ? reservation.deadline() : at;
      book(1, reservation.weight(), reservation.orders(), reservation.costMicros(), booked);
      expired.put(reservation.id(), reservation.expired(booked));
      while (expired.size() > EXPIRED_KEPT) {
        expired.values().stream()
            .min(Comparator.comparing(Reservation::deadline).thenComparing(Reservation::id))
            .ifPresent(oldest -> expired.remove(oldest.id()));
      }
      calls = calls.expiredOne();
    }

    private void book(long count, long weight, long orders, long costMicros, Instant when) {
      windows =
          windows.stream()
              .map(
                  window ->
                      window.booking(
                          switch (window.quota().kind()) {
                            case CALLS -> count;
                            case WEIGHT -> weight;
                            case ORDERS -> orders;
                            case COST -> costMicros;
                          },
                          when))
              .toList();
      settledMicros = Math.addExact(settledMicros, costMicros);
    }

    private void observe(List<ObservedUse> observed) {
      for (ObservedUse use : observed) {
        windows =
            windows.stream()
                .map(
                    window ->
                        isOf(use, window.quota())
                            ? window.observing(use.used(), ours(window), at)
                            : window)
                .toList();
      }
    }

    private long ours(WindowUse window) {
      long sum = window.settledAt(at);
      for (Reservation each : open.values()) {
        sum = Math.addExact(sum, each.amount(window.quota().kind()));
      }
      return sum;
    }

    void denied(CallDenied call) {
      Instant until = call.until() == null ? at.plusMillis(DENIAL_TOLD_MS) : call.until();
      Map<DenialReason, Instant> after = new EnumMap<>(DenialReason.class);
      after.putAll(denials);
      after.values().removeIf(end -> !at.isBefore(end));
      after.put(call.reason(), until);
      denials = after;
    }

    ProviderState done() {
      return new ProviderState(
          before.provider,
          settings,
          windows,
          Map.copyOf(open),
          Map.copyOf(expired),
          calls,
          settledMicros,
          latencies,
          breaker,
          limitedUntil,
          banned,
          Map.copyOf(denials),
          at);
    }
  }

  static boolean isOf(ObservedUse use, Quota quota) {
    return use.kind() == quota.kind() && use.periodMs() == quota.periodMs();
  }
}
