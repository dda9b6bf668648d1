package dev.papertape.command.deploy.rollout;

import dev.papertape.command.deploy.rollout.Recomputation.Recorded;
import dev.papertape.contracts.deploy.DeployCommand;
import dev.papertape.contracts.deploy.DeployCommand.AssessRollout;
import dev.papertape.contracts.deploy.DeployCommand.RegisterCandidate;
import dev.papertape.contracts.deploy.DeployEvent;
import dev.papertape.contracts.deploy.DeployEvent.RolloutEvent;
import dev.papertape.contracts.deploy.DeployEvent.SlosObserved;
import dev.papertape.contracts.deploy.Observation;
import java.util.ArrayList;
import java.util.List;

/** A log of one deployment, in memory: what aggregate, engine and conductor do between them. */
final class RolloutLog {
  private final List<Recorded> events = new ArrayList<>();
  private Deployment deployment = Deployment.NONE;
  private long registeredAt;

  List<Recorded> events() {
    return events;
  }

  Deployment deployment() {
    return deployment;
  }

  /** Decides, records and folds; what it throws changes nothing. */
  List<RolloutEvent> command(DeployCommand command) {
    List<RolloutEvent> made = RolloutRules.decide(deployment, command);
    for (RolloutEvent event : made) {
      append(event);
      deployment = RolloutRules.after(deployment, event);
    }
    if (command instanceof RegisterCandidate) {
      registeredAt = events.getLast().position();
    }
    return made;
  }

  /** Records counts, every SLO's alike, and has them assessed. */
  List<RolloutEvent> observe(
      String rolloutId, long seconds, long samples, long bad, long controlBad) {
    Observation counted = Rollouts.observed(1, seconds, samples, bad, controlBad);
    append(new SlosObserved(rolloutId, 1, Rollouts.START, counted.feedTime(), counted.slos()));
    return command(new AssessRollout(rolloutId, latest(rolloutId)));
  }

  Observation latest(String rolloutId) {
    return events.reversed().stream()
        .filter(
            recorded ->
                recorded.event() instanceof SlosObserved
                    && recorded.event().rolloutId().equals(rolloutId))
        .map(recorded -> ((SlosObserved) recorded.event()).at(registeredAt, recorded.position()))
        .findFirst()
        .orElseThrow();
  }

  private void append(DeployEvent event) {
    events.add(new Recorded(events.size() + 1L, event));
  }
}
