package dev.papertape.command.population;

import dev.papertape.contracts.population.Population;
import dev.papertape.contracts.population.PopulationCommand;
import dev.papertape.contracts.population.PopulationEvent;
import dev.papertape.contracts.population.PopulationEvent.LineageEvent;
import dev.papertape.contracts.population.PopulationEvent.MembersScored;
import dev.papertape.eventstore.log.EventLog;
import dev.papertape.eventstore.log.LoggedEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Follows all populations in the log, whichever process writes them. Each begins from its
 * aggregate, which has snapshots, so what is read does not grow with the log.
 */
final class PopulationTail {
  /** Tries to find an aggregate and its stream at the same event. */
  private static final int MOST_TRIES = 8;

  private final EventLog events;
  private final Function<LoggedEvent, PopulationEvent> decode;
  private final Function<String, Population> inspect;
  private final List<String> listed = new ArrayList<>();
  private final Map<String, Followed> followed = new TreeMap<>();
  private long nextListed;

  /** A population and the first event of its stream that it has not seen. */
  private record Followed(Population population, long nextSequence) {}

  /** A population's newest scores and where the log has them. */
  record Scores(MembersScored scores, long position) {}

  /**
   * @param inspect gives a population that has a stream as its aggregate has it
   */
  PopulationTail(
      EventLog events,
      Function<LoggedEvent, PopulationEvent> decode,
      Function<String, Population> inspect) {
    this.events = events;
    this.decode = decode;
    this.inspect = inspect;
  }

  /** Reads what is new; returns whether any population has changed. */
  boolean read() {
    for (LoggedEvent logged : events.stream(PopulationCommand.ROSTER, nextListed)) {
      listed.add(decode.apply(logged).populationId());
      nextListed = logged.sequence() + 1;
    }
    boolean changed = false;
    for (String populationId : listed) {
      changed |= follow(populationId);
    }
    return changed;
  }

  private boolean follow(String populationId) {
    Followed known = followed.get(populationId);
    if (known == null) {
      Optional<Followed> begun = begin(populationId);
      begun.ifPresent(found -> followed.put(populationId, found));
      return begun.isPresent();
    }
    Followed now = known;
    for (LoggedEvent logged :
        events.stream(PopulationCommand.PREFIX + populationId, known.nextSequence())) {
      now =
          new Followed(
              Population.after(now.population(), (LineageEvent) decode.apply(logged)),
              logged.sequence() + 1);
    }
    followed.put(populationId, now);
    return now != known;
  }

  /** Empty while it is listed only. */
  private Optional<Followed> begin(String populationId) {
    for (int tries = 0; tries < MOST_TRIES; tries++) {
      long before = nextOf(populationId);
      if (before == 0) {
        return Optional.empty();
      }
      Population population = inspect.apply(populationId);
      if (nextOf(populationId) == before) {
        return Optional.of(new Followed(population, before));
      }
    }
    throw new IllegalStateException("population " + populationId + " does not hold still");
  }

  private long nextOf(String populationId) {
    return events
        .lastOf(PopulationCommand.PREFIX + populationId)
        .map(logged -> logged.sequence() + 1)
        .orElse(0L);
  }

  /** As far as they were read, by id. */
  List<Population> populations() {
    return followed.values().stream().map(Followed::population).toList();
  }

  boolean knows(String populationId) {
    return followed.containsKey(populationId);
  }

  /** As the log has them now; empty before the first. */
  Optional<Scores> newestScores(String populationId) {
    return events
        .lastOf(MembersScored.stream(populationId))
        .map(logged -> new Scores((MembersScored) decode.apply(logged), logged.position()));
  }
}
