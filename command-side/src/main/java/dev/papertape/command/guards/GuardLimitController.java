package dev.papertape.command.guards;

import dev.papertape.command.OperatorCommands;
import dev.papertape.contracts.guards.GuardLimitCommand;
import dev.papertape.contracts.guards.GuardName;
import dev.papertape.contracts.guards.GuardName.Unit;
import dev.papertape.eventstore.append.Appended;
import dev.papertape.eventstore.axon.OriginMetadata;
import dev.papertape.eventstore.web.BodyRule;
import dev.papertape.eventstore.web.CommandReply;
import dev.papertape.eventstore.web.IdempotentCommand;
import dev.papertape.eventstore.web.JsonBody;
import dev.papertape.eventstore.web.Positioned;
import dev.papertape.eventstore.web.Problem;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code PUT /api/guards/{name} {limit, reason}}: an operator's limit; null takes it back. */
@RestController
class GuardLimitController {
  private static final Map<String, String> OPERATOR = Map.of(OriginMetadata.ACTOR, "operator");

  private final OperatorCommands commands;

  GuardLimitController(OperatorCommands commands) {
    this.commands = commands;
  }

  /**
   * What holds from now on.
   *
   * @param limit null when the default or the release's holds again
   */
  record LimitView(GuardName name, Unit unit, @Nullable BigDecimal limit, String reason) {}

  @PutMapping("/api/guards/{name}")
  ResponseEntity<Object> put(@PathVariable String name, JsonBody body, IdempotentCommand command) {
    GuardName guard = guard(name, body);
    GuardLimitCommand wanted =
        body.read(
            members ->
                new GuardLimitCommand(
                    guard, members.findDecimal("limit").orElse(null), members.text("reason")),
            kindOf(guard));
    return command.once(
        body,
        claims -> {
          try {
            Appended appended =
                commands.send(
                    claims.claim(GuardLimitCommand.ID),
                    GenericCommandMessage.asCommandMessage(wanted).withMetaData(OPERATOR));
            return reply(wanted, appended.recordedAt(), appended.last());
          } catch (GuardLimitDecider.NoLimitToSet nobodys) {
            throw Problem.wrongState(String.valueOf(nobodys.getMessage()), List.of())
                .with("adjustable", GuardName.withLimit().stream().map(GuardName::name).toList())
                .asException();
          }
        },
        claimed -> reply(wanted, claimed.recordedAt(), claimed.position()));
  }

  /** What the schema cannot say: it does not know which guard it is. */
  private static BodyRule kindOf(GuardName guard) {
    return (members, violations) -> {
      Optional<BigDecimal> limit = members.findDecimal("limit");
      if (limit.isPresent() && GuardName.withLimit().contains(guard)) {
        guard
            .refusalOf(limit.get())
            .ifPresent(
                why -> violations.add("/limit", "OUT_OF_RANGE", why, limit.get().toPlainString()));
      }
    };
  }

  /** What is wrong with the body comes before who is unknown. */
  private static GuardName guard(String name, JsonBody body) {
    if (Stream.of(GuardName.values()).noneMatch(guard -> guard.name().equals(name))) {
      body.read(_ -> true);
    }
    return guard(name);
  }

  private static GuardName guard(String name) {
    return Stream.of(GuardName.values())
        .filter(guard -> guard.name().equals(name))
        .findFirst()
        .orElseThrow(
            () -> Problem.unknown("guard", name, List.of(GuardName.values())).asException());
  }

  private static CommandReply reply(GuardLimitCommand set, Instant asOf, long position) {
    LimitView view = new LimitView(set.guard(), set.guard().unit(), set.limit(), set.reason());
    return new CommandReply(200, position, new Positioned<>(view, asOf, position));
  }
}
