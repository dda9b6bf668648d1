package dev.papertape.command.alpha;

import dev.papertape.contracts.DomainEvent;
import dev.papertape.contracts.alpha.AlphaRoster;
import dev.papertape.contracts.alpha.AlphaSpec;
import dev.papertape.eventstore.log.EventLog;
import dev.papertape.eventstore.log.LoggedEvent;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * The registry as the log has it at this moment, for command routes and whoever must know which
 * alphas there are. Remembers how far it has read. Thread-safe, without a lock: two that read at
 * once do the same work twice.
 */
public final class AlphaRegistry {
  /** Kinds of the streams that change the roster: the alphas' own, and the promotion's. */
  static final SortedSet<String> KINDS = new TreeSet<>(List.of("alpha", "promotion"));

  private final EventLog events;
  private final Function<LoggedEvent, DomainEvent> decode;
  private volatile Read newest;

  /**
   * @param position of the newest event that is in the roster
   */
  record Read(AlphaRoster roster, long position) {
    Read after(LoggedEvent logged, Function<LoggedEvent, DomainEvent> decode) {
      return new Read(roster.after(decode.apply(logged)), logged.position());
    }
  }

  public AlphaRegistry(
      EventLog events, Function<LoggedEvent, DomainEvent> decode, List<AlphaSpec> configured) {
    this.events = events;
    this.decode = decode;
    this.newest = new Read(AlphaRoster.of(configured), 0);
  }

  /** All that was committed before the call is in it. */
  public AlphaRoster now() {
    Read read = newest;
    for (LoggedEvent logged : events.ofKinds(KINDS, read.position())) {
      read = read.after(logged, decode);
    }
    newest = read;
    return read.roster();
  }
}
