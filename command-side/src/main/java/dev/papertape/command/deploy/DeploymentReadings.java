package dev.papertape.command.deploy;

import dev.papertape.command.CommandSideConfiguration.EventReader;
import dev.papertape.command.deploy.rollout.Deployment;
import dev.papertape.command.deploy.rollout.RolloutRules;
import dev.papertape.contracts.deploy.DeployCommand;
import dev.papertape.contracts.deploy.DeployEvent.CandidateRegistered;
import dev.papertape.contracts.deploy.DeployEvent.RolloutEvent;
import dev.papertape.contracts.deploy.DeployEvent.SlosObserved;
import dev.papertape.contracts.deploy.Observation;
import dev.papertape.eventstore.log.EventLog;
import dev.papertape.eventstore.log.LoggedEvent;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The deployment as the log has it; its stream is some ten events a rollout. */
@Component
final class DeploymentReadings {
  private final EventLog events;
  private final EventReader reader;

  DeploymentReadings(EventLog events, EventReader reader) {
    this.events = events;
    this.reader = reader;
  }

  /** Now. */
  Deployment now() {
    return at(Long.MAX_VALUE);
  }

  /** As it stood right after the event at {@code position}. */
  Deployment at(long position) {
    Deployment deployment = Deployment.NONE;
    for (LoggedEvent logged : events.stream(DeployCommand.ID, 0)) {
      if (logged.position() <= position) {
        deployment = RolloutRules.after(deployment, (RolloutEvent) reader.apply(logged));
      }
    }
    return deployment;
  }

  /** The newest counts of a rollout, null before the first. */
  @Nullable Observation newest(String rolloutId) {
    LoggedEvent newest = events.lastOf(SlosObserved.stream(rolloutId)).orElse(null);
    return newest == null
        ? null
        : ((SlosObserved) reader.apply(newest)).at(registeredAt(rolloutId), newest.position());
  }

  private long registeredAt(String rolloutId) {
    for (LoggedEvent logged : events.stream(DeployCommand.ID, 0)) {
      if (reader.apply(logged) instanceof CandidateRegistered registered
          && registered.rolloutId().equals(rolloutId)) {
        return logged.position();
      }
    }
    throw new IllegalStateException(rolloutId + " was counted, but never began");
  }
}
