package dev.papertape.command.quality;

import dev.papertape.command.CommandSideConfiguration.EventReader;
import dev.papertape.command.OperatorCommands;
import dev.papertape.contracts.DomainEvent;
import dev.papertape.contracts.quality.QualityEvent.QuarantineDiscarded;
import dev.papertape.contracts.quality.QualityEvent.QuarantineReleased;
import dev.papertape.contracts.quality.QuarantineCommand;
import dev.papertape.contracts.quality.QuarantineCommand.DiscardQuarantined;
import dev.papertape.contracts.quality.QuarantineCommand.ReleaseQuarantined;
import dev.papertape.contracts.quality.QuarantineStatus;
import dev.papertape.contracts.quality.Reexamination;
import dev.papertape.eventstore.append.Appended;
import dev.papertape.eventstore.log.EventLog;
import dev.papertape.eventstore.log.LoggedEvent;
import dev.papertape.eventstore.web.CommandReply;
import dev.papertape.eventstore.web.IdempotentCommand;
import dev.papertape.eventstore.web.JsonBody;
import dev.papertape.eventstore.web.Positioned;
import dev.papertape.eventstore.web.Problem;
import dev.papertape.eventstore.web.ProblemException;
import dev.papertape.eventstore.web.ProblemKind;
import java.util.List;
import java.util.regex.Pattern;
import org.axonframework.modelling.command.AggregateNotFoundException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code POST /api/data-quality/quarantine/{id}/{release|discard} {reason}}. */
@RestController
class QuarantineController {
  /** What ids look like; nothing else is looked for. */
  private static final Pattern ID = Pattern.compile("q-[0-9a-f]{1,40}");

  private final OperatorCommands commands;
  private final EventLog events;
  private final EventReader reader;
  private final DecidedBars bars;

  QuarantineController(
      OperatorCommands commands, EventLog events, EventReader reader, DecidedBars bars) {
    this.commands = commands;
    this.events = events;
    this.reader = reader;
    this.bars = bars;
  }

  /**
   * What became of the record.
   *
   * @param guard what the guard says to it now, null of a discard
   */
  record DecidedView(
      String quarantineId,
      QuarantineStatus status,
      int records,
      String reason,
      @Nullable Reexamination guard,
      List<String> allowedActions) {}

  @PostMapping("/api/data-quality/quarantine/{id}/release")
  ResponseEntity<Object> release(
      @PathVariable String id, JsonBody body, IdempotentCommand command) {
    String reason = body.read(members -> members.text("reason"));
    Runnable follow = bars.release(known(id), reason);
    return decide(
        new ReleaseQuarantined(id, reason), QuarantineStatus.RELEASED, body, command, follow);
  }

  @PostMapping("/api/data-quality/quarantine/{id}/discard")
  ResponseEntity<Object> discard(
      @PathVariable String id, JsonBody body, IdempotentCommand command) {
    String reason = body.read(members -> members.text("reason"));
    Runnable follow = bars.discard(known(id));
    return decide(
        new DiscardQuarantined(id, reason), QuarantineStatus.DISCARDED, body, command, follow);
  }

  /**
   * @param wanted the status that the decision leads to
   * @param follow what follows from the decision; done again when it is asked for again, in case it
   *     was cut off the first time
   */
  private ResponseEntity<Object> decide(
      QuarantineCommand decision,
      QuarantineStatus wanted,
      JsonBody body,
      IdempotentCommand command,
      Runnable follow) {
    return command.once(
        body,
        claims -> {
          Appended appended;
          try {
            appended = commands.send(claims.claim(decision.aggregateId()), decision);
          } catch (AggregateNotFoundException _) {
            throw notFound(decision.quarantineId());
          } catch (WrongQuarantineState decided) {
            if (decided.status() == wanted) {
              follow.run();
            }
            throw Problem.wrongState(
                    "the record is " + decided.status() + " already",
                    QuarantineDecider.allowedActions(decided.status()))
                .asException();
          }
          follow.run();
          return reply(appended.last());
        },
        claimed -> {
          follow.run();
          return reply(claimed.position());
        });
  }

  private CommandReply reply(long position) {
    LoggedEvent logged = events.at(position).orElseThrow();
    return new CommandReply(
        200, position, new Positioned<>(view(reader.apply(logged)), logged.recordedAt(), position));
  }

  private static DecidedView view(DomainEvent decided) {
    return switch (decided) {
      case QuarantineReleased released ->
          new DecidedView(
              released.quarantineId(),
              QuarantineStatus.RELEASED,
              released.records(),
              released.reason(),
              released.guard(),
              List.of());
      case QuarantineDiscarded discarded ->
          new DecidedView(
              discarded.quarantineId(),
              QuarantineStatus.DISCARDED,
              discarded.records(),
              discarded.reason(),
              null,
              List.of());
      default -> throw new IllegalStateException("no decision on a record: " + decided);
    };
  }

  private static String known(String id) {
    if (!ID.matcher(id).matches()) {
      throw notFound(id);
    }
    return id;
  }

  private static ProblemException notFound(String id) {
    return Problem.of(ProblemKind.NOT_FOUND, "no quarantined record '" + id + "'").asException();
  }
}
