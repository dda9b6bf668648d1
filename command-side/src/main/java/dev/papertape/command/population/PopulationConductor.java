package dev.papertape.command.population;

import dev.papertape.contracts.population.Population;
import dev.papertape.contracts.population.Population.Best;
import dev.papertape.contracts.population.PopulationCommand;
import dev.papertape.contracts.population.PopulationCommand.CreatePopulation;
import dev.papertape.contracts.population.PopulationCommand.EnlistPopulation;
import dev.papertape.contracts.population.PopulationCommand.EvolvePopulation;
import dev.papertape.contracts.population.PopulationCommand.NoteBestApplied;
import dev.papertape.contracts.population.PopulationEvent;
import dev.papertape.contracts.population.PopulationEvent.MembersScored;
import dev.papertape.contracts.population.PopulationSpec;
import dev.papertape.eventstore.log.EventLog;
import dev.papertape.eventstore.log.LoggedEvent;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends generations whose interval is over, in the process that holds the engine's lease, and tells
 * the engine of what follows. It remembers nothing that matters: the log says which generation runs
 * and which scores are complete, and a generation that was ended is not ended again, so a kill at
 * any moment repeats no step and skips none. One thread for one life of the engine.
 */
public final class PopulationConductor implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(PopulationConductor.class);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(1);

  /** Every append of the whole log wakes this thread, and hardly any is of a population. */
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(250);

  private final PopulationTail tail;
  private final EventLog events;
  private final Parts parts;
  private final CountDownLatch closing = new CountDownLatch(1);

  /** Whether something was read that the listener has not been told yet. */
  private boolean pending;

  private @Nullable Thread thread;

  /**
   * What conductors work with.
   *
   * @param send to an aggregate, waiting until it is decided and in the log
   * @param inspect gives a population that has a stream as its aggregate has it
   * @param shipped populations of a fresh log
   */
  public record Parts(
      Consumer<PopulationCommand> send,
      Function<String, Population> inspect,
      TrainedAlphas alphas,
      List<PopulationSpec> shipped) {}

  /** Told of all populations after a change; may wait until it can take it. */
  @FunctionalInterface
  public interface Listener {
    void changed(List<Population> populations) throws InterruptedException;
  }

  /**
   * @param newest scores of those that have any
   */
  public record Followed(List<Population> populations, List<MembersScored> newest) {}

  public PopulationConductor(
      EventLog events, Function<LoggedEvent, PopulationEvent> decode, Parts parts) {
    this.events = events;
    this.parts = parts;
    this.tail = new PopulationTail(events, decode, parts.inspect());
  }

  /** As the log has them now; what comes later goes to the listener. */
  public Followed current() {
    tail.read();
    List<Population> populations = tail.populations();
    return new Followed(
        populations,
        populations.stream()
            .map(each -> tail.newestScores(each.populationId()))
            .flatMap(Optional::stream)
            .map(PopulationTail.Scores::scores)
            .toList());
  }

  /** Not a virtual thread: {@link #close()} interrupts it, perhaps in the middle of a query. */
  public void start(Listener listener) {
    thread = Thread.ofPlatform().daemon().name("population-conductor").start(() -> run(listener));
  }

  private void run(Listener listener) {
    long seen = 0;
    try {
      do {
        seen = events.awaitBeyond(seen, LONGEST_WAIT);
        attempt(listener);
      } while (!closing.await(BETWEEN_LOOKS.toNanos(), TimeUnit.NANOSECONDS));
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
  }

  private void attempt(Listener listener) throws InterruptedException {
    try {
      look(listener);
    } catch (RuntimeException failure) {
      if (closing.getCount() > 0) {
        log.warn("populations could not be conducted and will be again: {}", failure.toString());
        closing.await(LONGEST_WAIT.toMillis(), TimeUnit.MILLISECONDS);
      }
    }
  }

  /** One look at the log, and whatever is due. */
  void look(Listener listener) throws InterruptedException {
    tell(listener);
    parts.shipped().forEach(this::begin);
    for (Population each : tail.populations()) {
      evolve(each);
    }
    tell(listener);
    tail.populations().forEach(this::applyBest);
  }

  private void tell(Listener listener) throws InterruptedException {
    pending |= tail.read();
    if (pending) {
      listener.changed(tail.populations());
      pending = false;
    }
  }

  private void begin(PopulationSpec spec) {
    if (tail.knows(spec.populationId())) {
      return;
    }
    parts
        .alphas()
        .find(spec.alphaId())
        .ifPresent(
            alpha -> {
              parts.send().accept(new EnlistPopulation(spec.populationId()));
              parts
                  .send()
                  .accept(
                      new CreatePopulation(spec, alpha.params(), "configured for a fresh start"));
            });
  }

  private void evolve(Population population) {
    if (!population.isRunning()) {
      return;
    }
    tail.newestScores(population.populationId())
        .filter(newest -> newest.scores().complete())
        .filter(newest -> newest.scores().generation() == population.generation())
        .ifPresent(
            newest ->
                parts
                    .send()
                    .accept(
                        new EvolvePopulation(
                            population.populationId(), newest.scores(), newest.position())));
  }

  private void applyBest(Population population) {
    Best best = population.best();
    if (best == null) {
      return;
    }
    String refusal =
        parts
            .alphas()
            .train(
                population.spec().alphaId(),
                best.params(),
                population.populationId(),
                "best of generation %d of population %s: member %s"
                    .formatted(best.generation(), population.populationId(), best.memberId()));
    parts.send().accept(new NoteBestApplied(population.populationId(), best.generation(), refusal));
  }

  @Override
  public void close() {
    closing.countDown();
    Thread running = thread;
    if (running != null) {
      running.interrupt();
    }
  }
}
