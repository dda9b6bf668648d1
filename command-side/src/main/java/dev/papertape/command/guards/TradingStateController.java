package dev.papertape.command.guards;

import dev.papertape.command.OperatorCommands;
import dev.papertape.contracts.guards.TradingCommand;
import dev.papertape.contracts.guards.TradingCommand.HaltTrading;
import dev.papertape.contracts.guards.TradingCommand.ReduceTrading;
import dev.papertape.contracts.guards.TradingCommand.ResumeTrading;
import dev.papertape.contracts.guards.TradingState;
import dev.papertape.eventstore.append.Appended;
import dev.papertape.eventstore.axon.OriginMetadata;
import dev.papertape.eventstore.web.CommandReply;
import dev.papertape.eventstore.web.IdempotentCommand;
import dev.papertape.eventstore.web.JsonBody;
import dev.papertape.eventstore.web.Positioned;
import dev.papertape.eventstore.web.Problem;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * {@code POST /api/guards/{halt|reduce|resume} {reason}}: the operator's lever. To resume also has
 * the guards start over that reduce trading of themselves.
 */
@RestController
class TradingStateController {
  private static final Map<String, String> OPERATOR = Map.of(OriginMetadata.ACTOR, "operator");

  private final OperatorCommands commands;
  private final ReducingGuards guards;

  TradingStateController(OperatorCommands commands, ReducingGuards guards) {
    this.commands = commands;
    this.guards = guards;
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
    return change(
        body, command, reason -> new ResumeTrading(reason, guards.tripped()), TradingState.ACTIVE);
  }

  private ResponseEntity<Object> change(
      JsonBody body,
      IdempotentCommand command,
      Function<String, TradingCommand> of,
      TradingState wanted) {
    String reason = body.read(members -> members.text("reason"));
    return command.once(
        body,
        claims -> {
          try {
            Appended appended =
                commands.send(
                    claims.claim(TradingCommand.ID),
                    GenericCommandMessage.asCommandMessage(of.apply(reason))
                        .withMetaData(OPERATOR));
            return reply(wanted, reason, appended.recordedAt(), appended.last());
          } catch (WrongTradingState already) {
            throw Problem.wrongState(
                    "trading is " + already.state() + " already",
                    TradingDecider.allowedActions(already.state()))
                .asException();
          }
        },
        claimed -> reply(wanted, reason, claimed.recordedAt(), claimed.position()));
  }

  private static CommandReply reply(
      TradingState state, String reason, Instant asOf, long position) {
    TradingView view = new TradingView(state, reason, TradingDecider.allowedActions(state));
    return new CommandReply(200, position, new Positioned<>(view, asOf, position));
  }
}
