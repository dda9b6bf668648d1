package dev.papertape.command.budget;

import dev.papertape.command.ConflictRetry;
import dev.papertape.contracts.budget.Alignment;
import dev.papertape.contracts.budget.BudgetCommand;
import dev.papertape.contracts.budget.BudgetCommand.PutProvider;
import dev.papertape.contracts.budget.Capability;
import dev.papertape.contracts.budget.Offer;
import dev.papertape.contracts.budget.Period;
import dev.papertape.contracts.budget.Quota;
import dev.papertape.contracts.budget.QuotaKind;
import dev.papertape.eventstore.append.AppendScope;
import dev.papertape.eventstore.log.EventLog;
import dev.papertape.eventstore.log.LoggedEvent;
import dev.papertape.eventstore.web.CommandReply;
import dev.papertape.eventstore.web.IdempotentCommand;
import dev.papertape.eventstore.web.JsonBody;
import dev.papertape.eventstore.web.Positioned;
import dev.papertape.eventstore.web.Problem;
import dev.papertape.eventstore.web.ProblemKind;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * {@code PUT /api/budget/providers/{provider}}: an operator's word on quotas, prices and offers.
 */
@RestController
class ProviderController {
  private static final Pattern NAME = Pattern.compile("[A-Z][A-Z0-9_]{0,31}");

  private final CommandGateway commands;
  private final ConflictRetry retry;
  private final ProviderClocks clocks;
  private final EventLog events;

  ProviderController(
      CommandGateway commands, ConflictRetry retry, ProviderClocks clocks, EventLog events) {
    this.commands = commands;
    this.retry = retry;
    this.clocks = clocks;
    this.events = events;
  }

  /**
   * What holds from now on.
   *
   * @param prices in millionths of the currency, as far as they are known
   */
  record ProviderView(
      String provider,
      List<Capability> capabilities,
      List<QuotaView> quotas,
      @Nullable String currency,
      Map<String, Long> prices,
      @Nullable Long ceiling,
      int softLimitPercent,
      int criticalPercent) {
    static ProviderView of(PutProvider put) {
      Map<String, Long> prices = new TreeMap<>();
      for (Offer offer : put.settings().offers()) {
        Long price = offer.priceMicros();
        if (price != null) {
          prices.put(offer.capability().name(), price);
        }
      }
      return new ProviderView(
          put.provider(),
          put.settings().capabilities(),
          put.quotas().stream().map(QuotaView::of).toList(),
          put.settings().currency(),
          prices,
          put.settings().ceilingMicros(),
          put.settings().softLimitPercent(),
          put.settings().criticalPercent());
    }
  }

  /** One quota; see {@link Quota}. */
  record QuotaView(QuotaKind kind, String period, Alignment alignment, long limit) {
    static QuotaView of(Quota quota) {
      return new QuotaView(
          quota.kind(), Period.text(quota.periodMs()), quota.alignment(), quota.limit());
    }
  }

  @PutMapping("/api/budget/providers/{provider}")
  ResponseEntity<Object> put(
      @PathVariable String provider, JsonBody body, IdempotentCommand command) {
    if (!NAME.matcher(provider).matches()) {
      throw Problem.of(
              ProblemKind.NOT_FOUND,
              "no provider '" + provider + "': names are like BINANCE, upper case")
          .asException();
    }
    PutProvider put =
        body.read(
            members -> ProviderRequest.command(provider, members, clocks.now(provider)),
            ProviderRequest::check);
    return command.once(
        body,
        claims -> {
          AppendScope scope = AppendScope.claiming(claims.claim(put.aggregateId()));
          boolean created = scope.call(() -> retry.call(() -> commands.<Boolean>sendAndWait(put)));
          return reply(put, created, scope.lastAppended().map(at -> at.last()).orElse(-1L));
        },
        claimed -> reply(put, false, claimed.position()));
  }

  /** What changes nothing is as durable as the newest event of the ledger. */
  private CommandReply reply(PutProvider put, boolean created, long appended) {
    LoggedEvent newest =
        (appended < 0 ? events.lastOf(BudgetCommand.PREFIX + put.provider()) : events.at(appended))
            .orElseThrow();
    return new CommandReply(
        created ? 201 : 200,
        newest.position(),
        new Positioned<>(ProviderView.of(put), newest.recordedAt(), newest.position()));
  }
}
