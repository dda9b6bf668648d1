package dev.papertape.command.execution;

import dev.papertape.command.engine.CancelOutcome;
import dev.papertape.command.engine.EngineCalls;
import dev.papertape.command.engine.EngineCommand.CancelOrder;
import dev.papertape.command.engine.EngineCommand.ResetPortfolio;
import dev.papertape.command.engine.FactReceipt;
import dev.papertape.command.engine.Listings;
import dev.papertape.command.router.OrderNotDurableYet;
import dev.papertape.contracts.execution.OrderIntent;
import dev.papertape.contracts.execution.OrderStatus;
import dev.papertape.contracts.router.PlacedOrder;
import dev.papertape.contracts.router.RouteOrder;
import dev.papertape.eventstore.append.Appended;
import dev.papertape.eventstore.append.IdempotencyClaim;
import dev.papertape.eventstore.web.CommandReply;
import dev.papertape.eventstore.web.IdempotentCommand;
import dev.papertape.eventstore.web.JsonBody;
import dev.papertape.eventstore.web.Positioned;
import dev.papertape.eventstore.web.Problem;
import dev.papertape.eventstore.web.ProblemKind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Orders of people and programs, and the paper account's reset. Paper only. */
@RestController
class OrderController {
  private static final String ACTOR = "api";
  private static final String ACCOUNT = "portfolio:paper";
  private static final JsonBody NO_BODY = JsonBody.none();

  private final CommandGateway commands;
  private final EngineCalls engine;
  private final Listings listings;
  private final OrderRequestRules rules;
  private final OrderReadings readings;

  OrderController(
      CommandGateway commands,
      EngineCalls engine,
      Listings listings,
      OrderRequestRules rules,
      OrderReadings readings) {
    this.commands = commands;
    this.engine = engine;
    this.listings = listings;
    this.rules = rules;
    this.readings = readings;
  }

  /** A new account was opened. */
  record AccountReset(String reason) {}

  @PostMapping("/api/orders")
  ResponseEntity<Object> place(JsonBody body, IdempotentCommand command) {
    engine.requireListings(listings);
    OrderIntent intent = body.read(OrderRequestRules::intent, rules.now());
    return command.once(
        body,
        claims -> placed(intent, claims.claim("")),
        claimed -> reply(201, readings.fromLog(claimed.subject())));
  }

  private CommandReply placed(OrderIntent intent, @Nullable IdempotencyClaim claim) {
    RouteOrder command =
        new RouteOrder(
            intent,
            ACTOR,
            claim == null ? null : claim.key(),
            claim == null ? null : claim.bodyHash());
    try {
      return reply(201, engine.translating(() -> commands.<PlacedOrder>sendAndWait(command)));
    } catch (OrderNotDurableYet unknown) {
      throw Problem.retryLater(
              ProblemKind.OUTCOME_UNKNOWN, unknown.getMessage(), Duration.ofSeconds(1))
          .asException();
    }
  }

  private static CommandReply reply(int status, PlacedOrder placed) {
    return new CommandReply(
        status,
        placed.position(),
        new Positioned<>(placed.order(), placed.recordedAt(), placed.position()));
  }

  /** Cancels what rests of an order. */
  @DeleteMapping("/api/orders/{orderId}")
  ResponseEntity<Object> cancel(@PathVariable String orderId, IdempotentCommand command) {
    engine.requireHolder();
    return command.once(
        NO_BODY,
        claims -> cancelled(orderId, claims.claim(orderId)),
        claimed -> reply(200, readings.fromLog(claimed.subject())));
  }

  private CommandReply cancelled(String orderId, @Nullable IdempotencyClaim claim) {
    CancelOrder cancel =
        new CancelOrder(
            orderId,
            "CANCELLED_BY_CALLER",
            Map.of("actor", ACTOR),
            claim,
            new CompletableFuture<>());
    CancelOutcome outcome = engine.call(cancel, cancel.done());
    return switch (outcome) {
      case CancelOutcome.Cancelled(FactReceipt receipt) -> {
        engine.durable(receipt);
        yield reply(200, readings.fromLog(orderId));
      }
      case CancelOutcome.NotResting(var status) ->
          throw Problem.wrongState("the order is " + status + " and nothing of it rests", List.of())
              .asException();
      case CancelOutcome.NotOpen _ -> throw notOpen(orderId);
    };
  }

  private RuntimeException notOpen(String orderId) {
    return readings
        .find(orderId)
        .map(order -> notOpen(order.order().status()))
        .orElseGet(() -> Problem.unknown("order", orderId, List.of()))
        .asException();
  }

  /** The engine knows the order no more, so the log's newest word may be older than its end. */
  private static Problem notOpen(OrderStatus status) {
    return status.isTerminal()
        ? Problem.wrongState("the order is " + status + " already", List.of())
        : Problem.retryLater(
            ProblemKind.UNAVAILABLE,
            "the order is over, but how is not in the log yet",
            Duration.ofSeconds(1));
  }

  /** A new paper account; history stays. */
  @PostMapping("/api/portfolio/reset")
  ResponseEntity<Object> reset(JsonBody body, IdempotentCommand command) {
    engine.requireHolder();
    String reason = body.read(members -> members.text("reason"));
    return command.once(
        body,
        claims -> reset(reason, claims.claim(ACCOUNT)),
        claimed -> reset(reason, claimed.recordedAt(), claimed.position()));
  }

  private static CommandReply reset(String reason, Instant asOf, long position) {
    return new CommandReply(
        200, position, new Positioned<>(new AccountReset(reason), asOf, position));
  }

  private CommandReply reset(String reason, @Nullable IdempotencyClaim claim) {
    ResetPortfolio reset =
        new ResetPortfolio(reason, Map.of("actor", ACTOR), claim, new CompletableFuture<>());
    Appended appended = engine.durable(engine.call(reset, reset.done()));
    return reset(reason, appended.recordedAt(), appended.last());
  }
}
