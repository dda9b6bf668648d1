package dev.papertape.command.promotion;

import dev.papertape.contracts.DomainEvent;
import dev.papertape.contracts.population.InspectPopulation;
import dev.papertape.contracts.population.Member;
import dev.papertape.contracts.population.Population;
import dev.papertape.contracts.population.PopulationCommand;
import dev.papertape.contracts.population.PopulationEvent;
import dev.papertape.contracts.population.ScorePoint;
import dev.papertape.eventstore.log.EventLog;
import dev.papertape.eventstore.log.LoggedEvent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/**
 * Trials of the populations that train an alpha, by their aggregates. Points that a member
 * inherited from its source are left out: they were another's.
 */
final class PopulationTrials implements Trials.Source {
  private final EventLog events;
  private final Function<LoggedEvent, DomainEvent> decode;
  private final Function<InspectPopulation, Population> inspect;

  /** Which alpha a population trains never changes. */
  private final Map<String, String> trained = new HashMap<>();

  private final List<String> listed = new ArrayList<>();
  private long nextListed;

  /**
   * @param inspect gives a population that has a stream as its aggregate has it
   */
  PopulationTrials(
      EventLog events,
      Function<LoggedEvent, DomainEvent> decode,
      Function<InspectPopulation, Population> inspect) {
    this.events = events;
    this.decode = decode;
    this.inspect = inspect;
  }

  @Override
  public synchronized Trials of(String alphaId) {
    for (LoggedEvent row : events.stream(PopulationCommand.ROSTER, nextListed)) {
      listed.add(((PopulationEvent) decode.apply(row)).populationId());
      nextListed = row.sequence() + 1;
    }
    long count = 0;
    List<Trials.Run> runs = new ArrayList<>();
    for (String populationId : listed) {
      String known = trained.get(populationId);
      boolean begun = events.lastOf(PopulationCommand.PREFIX + populationId).isPresent();
      if (begun && (known == null || known.equals(alphaId))) {
        Population population = inspect.apply(new InspectPopulation(populationId));
        trained.put(populationId, population.spec().alphaId());
        if (population.spec().alphaId().equals(alphaId)) {
          count += population.trials();
          runs.addAll(runs(population));
        }
      }
    }
    return Trials.of(count, runs);
  }

  /** One for each member that earned a ratio itself: the mean of those it has. */
  static List<Trials.Run> runs(Population population) {
    double seconds = population.spec().intervalMs() / 1_000.0;
    List<Trials.Run> runs = new ArrayList<>();
    for (Member member : population.members()) {
      double[] own =
          member.history().stream()
              .filter(point -> !point.inherited())
              .map(ScorePoint::score)
              .filter(Objects::nonNull)
              .mapToDouble(Double::doubleValue)
              .toArray();
      if (own.length > 0) {
        double sum = 0;
        for (double score : own) {
          sum += score;
        }
        runs.add(new Trials.Run(sum / own.length, own.length * seconds));
      }
    }
    return runs;
  }
}
