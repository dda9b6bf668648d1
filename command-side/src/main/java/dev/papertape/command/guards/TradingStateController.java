package dev.papertape.command.guards;

import dev.papertape.contracts.guards.TradingCommand;
import dev.papertape.contracts.guards.TradingCommand.HaltTrading;
import dev.papertape.contracts.guards.TradingCommand.ReduceTrading;
import dev.papertape.contracts.guards.TradingCommand.ResumeTrading;
import dev.papertape.contracts.guards.TradingState;
import dev.papertape.eventstore.append.AppendScope;
import dev.papertape.eventstore.web.BodyContract;
import dev.papertape.eventstore.web.CommandReply;
import dev.papertape.eventstore.web.Field;
import dev.papertape.eventstore.web.IdempotentCommand;
import dev.papertape.eventstore.web.JsonBody;
import dev.papertape.eventstore.web.JsonRules;
import dev.papertape.eventstore.web.Positioned;
import dev.papertape.eventstore.web.Problem;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code POST /api/guards/{halt|reduce|resume} {reason}}: the operator's lever. */
@RestController
class TradingStateController {
  private static final Field<String> REASON = Field.required("reason", JsonRules.text(1, 500));
  private static final BodyContract<String> BODY =
      BodyContract.of(parsed -> parsed.get(REASON), REASON);

  private final CommandGateway commands;
  private final Clock clock;

  TradingStateController(CommandGateway commands, Clock clock) {
    this.commands = commands;
    this.clock = clock;
  }

  /** What trading is now, and what may be asked for next. */
  record TradingView(TradingState trading, String reason, List<String> allowedActions) {}

  @PostMapping("/api/guards/halt")
  ResponseEntity<Object> halt(JsonBody body, IdempotentCommand command) {
    return change(body, command, HaltTrading::new, TradingState.HALTED);
  }

  @PostMapping("/api/guards/reduce")
  ResponseEntity<Object> reduce(JsonBody body, IdempotentCommand command) {
    return change(body, command, ReduceTrading::new, TradingState.REDUCING);
  }

  @PostMapping("/api/guards/resume")
  ResponseEntity<Object> resume(JsonBody body, IdempotentCommand command) {
    return change(body, command, ResumeTrading::new, TradingState.ACTIVE);
  }

  private ResponseEntity<Object> change(
      JsonBody body,
      IdempotentCommand command,
      Function<String, TradingCommand> of,
      TradingState wanted) {
    String reason = body.read(BODY);
    return command.once(
        body,
        claims -> {
          AppendScope scope = AppendScope.claiming(claims.claim(TradingCommand.ID));
          try {
            scope.call(() -> commands.<Object>sendAndWait(of.apply(reason)));
          } catch (WrongTradingState already) {
            throw Problem.wrongState(
                    "trading is " + already.state() + " already",
                    TradingDecider.allowedActions(already.state()))
                .asException();
          }
          return reply(wanted, reason, clock.instant(), scope.lastPosition().orElse(0));
        },
        claimed -> reply(wanted, reason, claimed.recordedAt(), claimed.position()));
  }

  private static CommandReply reply(
      TradingState state, String reason, Instant asOf, long position) {
    TradingView view = new TradingView(state, reason, TradingDecider.allowedActions(state));
    return new CommandReply(200, position, new Positioned<>(view, asOf, position));
  }
}
