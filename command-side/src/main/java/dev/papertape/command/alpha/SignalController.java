package dev.papertape.command.alpha;

import dev.papertape.command.CommandSideConfiguration.EventReader;
import dev.papertape.command.engine.EngineCalls;
import dev.papertape.command.engine.EngineCommand.ReadSignals;
import dev.papertape.command.engine.EngineCommand.ReceiveSignal;
import dev.papertape.command.engine.Listings;
import dev.papertape.contracts.alpha.AlphaEvent.SignalReceived;
import dev.papertape.contracts.alpha.AlphaKind;
import dev.papertape.contracts.alpha.AlphaSpec;
import dev.papertape.contracts.market.Symbol;
import dev.papertape.eventstore.append.Appended;
import dev.papertape.eventstore.append.IdempotencyClaim;
import dev.papertape.eventstore.log.EventLog;
import dev.papertape.eventstore.web.CommandReply;
import dev.papertape.eventstore.web.IdempotentCommand;
import dev.papertape.eventstore.web.JsonBody;
import dev.papertape.eventstore.web.Positioned;
import dev.papertape.eventstore.web.Problem;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * {@code POST /api/alphas/{id}/signals {symbol, value, horizon, at?}}: what an alpha from outside
 * wishes to hold. It goes through the engine's mailbox and is recorded with the frame at which the
 * engine took it; after its horizon of feed time the alpha is silent until the next one.
 */
@RestController
class SignalController {
  private final AlphaRegistry registry;
  private final EngineCalls engine;
  private final Listings listings;
  private final EventLog events;
  private final EventReader reader;

  SignalController(
      AlphaRegistry registry,
      EngineCalls engine,
      Listings listings,
      EventLog events,
      EventReader reader) {
    this.registry = registry;
    this.engine = engine;
    this.listings = listings;
    this.events = events;
    this.reader = reader;
  }

  /**
   * A signal that was taken.
   *
   * @param holdsUntil feed time from which on the alpha is silent again
   * @param frame market frame after which the engine took it
   */
  record SignalView(
      String alphaId,
      Symbol symbol,
      double value,
      long horizonMs,
      Instant at,
      Instant holdsUntil,
      long frame,
      Instant feedTime) {
    static SignalView of(SignalReceived signal) {
      return new SignalView(
          signal.alphaId(),
          signal.symbol(),
          signal.value(),
          signal.horizonMs(),
          signal.at(),
          signal.at().plusMillis(signal.horizonMs()),
          signal.frame(),
          signal.feedTime());
    }
  }

  @PostMapping("/api/alphas/{id}/signals")
  ResponseEntity<Object> receive(
      @PathVariable String id, JsonBody body, IdempotentCommand command) {
    engine.requireListings(listings);
    AlphaSpec spec = AlphaController.registered(registry.now(), id, body);
    body.read(SignalBody::of, SignalBody.rule(symbols(spec), stand(id), true));
    return command.once(
        body,
        claims -> {
          refuseUnlessListening(spec);
          SignalBody signal =
              body.read(SignalBody::of, SignalBody.rule(symbols(spec), stand(id), false));
          return received(id, signal, claims.claim(id));
        },
        claimed ->
            reply(
                (SignalReceived) reader.apply(events.at(claimed.position()).orElseThrow()),
                claimed.recordedAt(),
                claimed.position()));
  }

  private Set<Symbol> symbols(AlphaSpec spec) {
    Set<Symbol> symbols = new TreeSet<>(listings.finestSteps().keySet());
    symbols.removeIf(symbol -> !spec.trades(symbol));
    return symbols;
  }

  private SignalStand stand(String alphaId) {
    ReadSignals read = new ReadSignals(alphaId, new CompletableFuture<>());
    return engine.call(read, read.stand());
  }

  private static void refuseUnlessListening(AlphaSpec spec) {
    String why = null;
    if (spec.kind() != AlphaKind.EXTERNAL) {
      why = "the alpha is " + spec.kind() + " and makes its signals itself";
    } else if (!spec.isAsked()) {
      why = "the alpha is " + (spec.paused() ? "paused" : "not asked for signals");
    }
    if (why != null) {
      throw Problem.wrongState(why, AlphaDecider.allowedActions(spec)).asException();
    }
  }

  private CommandReply received(
      String alphaId, SignalBody signal, @Nullable IdempotencyClaim claim) {
    ReceiveSignal receive =
        new ReceiveSignal(
            alphaId,
            signal.symbol(),
            signal.value(),
            signal.horizonMs(),
            signal.at(),
            Map.of("actor", "api"),
            claim,
            new CompletableFuture<>());
    return switch (engine.call(receive, receive.done())) {
      case SignalOutcome.Taken(SignalReceived taken, var receipt) -> {
        Appended appended = engine.durable(receipt);
        yield reply(taken, appended.recordedAt(), appended.last());
      }
      case SignalOutcome.Refused(SignalRules.WrongTime wrong) ->
          throw Problem.refused("/at", wrong.code(), wrong.message(), text(signal.at()))
              .asException();
    };
  }

  private static @Nullable String text(@Nullable Instant at) {
    return at == null ? null : at.toString();
  }

  private static CommandReply reply(SignalReceived signal, Instant asOf, long position) {
    return new CommandReply(201, position, new Positioned<>(SignalView.of(signal), asOf, position));
  }
}
