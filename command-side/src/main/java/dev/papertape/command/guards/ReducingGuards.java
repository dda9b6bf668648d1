package dev.papertape.command.guards;

import dev.papertape.contracts.DomainEvent;
import dev.papertape.contracts.guards.GuardName;
import dev.papertape.contracts.guards.GuardsEvent.GuardTripped;
import dev.papertape.contracts.guards.GuardsEvent.StandingEvent;
import dev.papertape.eventstore.log.EventLog;
import dev.papertape.eventstore.log.LoggedEvent;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** Which guards reduce trading, as the log has it: any process may be asked to resume. */
public final class ReducingGuards {
  private final EventLog log;
  private final Function<LoggedEvent, ? extends DomainEvent> decode;

  public ReducingGuards(EventLog log, Function<LoggedEvent, ? extends DomainEvent> decode) {
    this.log = log;
    this.decode = decode;
  }

  /** They look at the whole account, so the newest event of each one's stream is how it stands. */
  List<GuardName> tripped() {
    return Stream.of(GuardName.values())
        .filter(GuardName::reducesTrading)
        .filter(
            guard ->
                log.lastOf(StandingEvent.stream(guard))
                    .map(decode)
                    .filter(GuardTripped.class::isInstance)
                    .isPresent())
        .toList();
  }
}
