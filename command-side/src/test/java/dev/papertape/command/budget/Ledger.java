package dev.papertape.command.budget;

import dev.papertape.contracts.budget.Alignment;
import dev.papertape.contracts.budget.BudgetCommand.CountDenials;
import dev.papertape.contracts.budget.BudgetCommand.PutProvider;
import dev.papertape.contracts.budget.BudgetCommand.ReserveCall;
import dev.papertape.contracts.budget.BudgetCommand.SettleCall;
import dev.papertape.contracts.budget.BudgetEvent.ProviderEvent;
import dev.papertape.contracts.budget.BudgetEvent.ProviderRegistered;
import dev.papertape.contracts.budget.CallOutcome;
import dev.papertape.contracts.budget.Capability;
import dev.papertape.contracts.budget.DenialReason;
import dev.papertape.contracts.budget.ObservedUse;
import dev.papertape.contracts.budget.Offer;
import dev.papertape.contracts.budget.ProviderSettings;
import dev.papertape.contracts.budget.ProviderState;
import dev.papertape.contracts.budget.Quota;
import dev.papertape.contracts.budget.QuotaKind;
import dev.papertape.contracts.budget.ReserveReply;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A provider's ledger by the rule, with everything that ever happened to it. */
final class Ledger {
  static final String NAME = "ACME";

  /** On a whole minute. */
  static final Instant START = Instant.parse("2026-01-05T12:00:00Z");

  static final Duration PATIENCE = Duration.ofSeconds(30);

  final List<ProviderEvent> events = new ArrayList<>();
  ProviderState state;
  private long ids;

  Ledger(ProviderSettings settings, Quota... quotas) {
    this(new ProviderRegistered(NAME, settings, List.of(quotas), START));
  }

  Ledger(ProviderRegistered registered) {
    events.add(registered);
    state = ProviderState.of(registered);
  }

  static ProviderSettings free() {
    return settings(null, null, null);
  }

  static ProviderSettings settings(
      @Nullable String currency, @Nullable Long price, @Nullable Long ceiling) {
    return new ProviderSettings(
        List.of(
            new Offer(Capability.PRICE, currency == null ? Long.valueOf(0) : price),
            new Offer(Capability.OHLCV, currency == null ? Long.valueOf(0) : price)),
        currency,
        ceiling,
        80,
        0);
  }

  static Quota calendar(QuotaKind kind, long seconds, long limit) {
    return new Quota(kind, seconds * 1000, Alignment.CALENDAR, limit);
  }

  static Quota rolling(QuotaKind kind, long seconds, long limit) {
    return new Quota(kind, seconds * 1000, Alignment.ROLLING, limit);
  }

  ReserveReply reserve(Instant at) {
    return reserve(1, null, false, at);
  }

  ReserveReply reserve(long weight, @Nullable Long cost, boolean critical, Instant at) {
    return reserve(
        new ReserveCall(
            NAME, "r" + ids++, Capability.PRICE, weight, 0, cost, critical, at.plus(PATIENCE), at));
  }

  ReserveReply reserve(ReserveCall call) {
    ProviderDecider.Reserved reserved = ProviderDecider.reserve(state, call);
    apply(reserved.events());
    return reserved.reply();
  }

  /** The id of a call that is granted. */
  String granted(Instant at) {
    return ((ReserveReply.Granted) reserve(at)).reservationId();
  }

  boolean mayCall(Instant at) {
    return reserve(at) instanceof ReserveReply.Granted;
  }

  DenialReason denied(Instant at) {
    return ((ReserveReply.Denied) reserve(at)).reason();
  }

  List<ProviderEvent> settle(String id, CallOutcome outcome, Instant at) {
    return settle(ended(id, outcome, at));
  }

  static SettleCall ended(String id, CallOutcome outcome, Instant at) {
    return new SettleCall(NAME, id, outcome, 200, true, null, 12.5, List.of(), null, false, at);
  }

  static SettleCall observing(String id, long usedWeight, Instant at) {
    return new SettleCall(
        NAME,
        id,
        CallOutcome.OK,
        200,
        true,
        null,
        12.5,
        List.of(new ObservedUse(QuotaKind.WEIGHT, 60_000, usedWeight)),
        null,
        false,
        at);
  }

  static SettleCall limited(String id, Instant until, boolean banned, Instant at) {
    return new SettleCall(
        NAME,
        id,
        CallOutcome.LIMITED,
        banned ? 418 : 429,
        true,
        null,
        12.5,
        List.of(),
        until,
        banned,
        at);
  }

  List<ProviderEvent> settle(SettleCall call) {
    List<ProviderEvent> settled = ProviderDecider.settle(state, call);
    apply(settled);
    return settled;
  }

  List<ProviderEvent> expire(Instant at) {
    List<ProviderEvent> expired = ProviderDecider.expire(state, at);
    apply(expired);
    return expired;
  }

  void count(DenialReason reason, long count, Instant at) {
    count(new CountDenials(NAME, Capability.PRICE, reason, null, count, at));
  }

  void count(CountDenials denials) {
    apply(ProviderDecider.count(state, denials));
  }

  void put(ProviderSettings settings, Instant at, Quota... quotas) {
    apply(ProviderDecider.change(state, new PutProvider(NAME, settings, List.of(quotas), at)));
  }

  private void apply(List<ProviderEvent> next) {
    for (ProviderEvent event : next) {
      events.add(event);
      state = state.after(event);
    }
  }

  long settled(Instant at) {
    return state.windows().getFirst().settledAt(at);
  }

  long taken(Instant at) {
    return state.taken(state.windows().getFirst(), at);
  }
}
