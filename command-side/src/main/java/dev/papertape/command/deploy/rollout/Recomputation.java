package dev.papertape.command.deploy.rollout;

import dev.papertape.contracts.deploy.DeployCommand.AssessRollout;
import dev.papertape.contracts.deploy.DeployCommand.PromoteRollout;
import dev.papertape.contracts.deploy.DeployEvent;
import dev.papertape.contracts.deploy.DeployEvent.CandidateRegistered;
import dev.papertape.contracts.deploy.DeployEvent.CutoverCompleted;
import dev.papertape.contracts.deploy.DeployEvent.RolledBack;
import dev.papertape.contracts.deploy.DeployEvent.RolloutAborted;
import dev.papertape.contracts.deploy.DeployEvent.RolloutEvent;
import dev.papertape.contracts.deploy.DeployEvent.RolloutPaused;
import dev.papertape.contracts.deploy.DeployEvent.RolloutResumed;
import dev.papertape.contracts.deploy.DeployEvent.SlosObserved;
import dev.papertape.contracts.deploy.DeployEvent.StageEntered;
import dev.papertape.contracts.deploy.DeployEvent.VerdictReached;
import dev.papertape.contracts.deploy.Evidence;
import dev.papertape.contracts.deploy.Observation;
import dev.papertape.contracts.deploy.Trigger;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes every transition that rests on evidence again, from the recorded counters and by the same
 * rules, and compares it with the recorded one, to the last bit of every e-value. An operator's
 * transition is taken as it stands; the evidence that it carries is computed again too.
 */
public final class Recomputation {
  private final Map<Long, SlosObserved> observed = new HashMap<>();

  /** What the rules say must follow, as long as not all of it has. */
  private final Deque<RolloutEvent> expected = new ArrayDeque<>();

  private Deployment deployment = Deployment.NONE;
  private long registeredAt;
  private long position;
  private int compared;

  private Recomputation() {}

  /**
   * An event and where it stands.
   *
   * @param position in the log
   */
  public record Recorded(long position, DeployEvent event) {}

  /**
   * What came of it.
   *
   * @param compared transitions that were made again
   * @param difference the first, null when all are equal
   */
  public record Result(int compared, @Nullable Difference difference) {
    public boolean equal() {
      return difference == null;
    }
  }

  /**
   * What is recorded and what the rules make of the counters are two things.
   *
   * @param position of the recorded event, or of the last one when it is missing
   * @param recorded null when it is missing
   * @param recomputed null when the rules say nothing, or when there are no counters
   */
  public record Difference(
      long position, @Nullable RolloutEvent recorded, @Nullable RolloutEvent recomputed) {}

  /**
   * Computes again, up to the first difference.
   *
   * @param events all of the streams {@code deploy:paper} and {@code slo:…}, from the first on, in
   *     log order
   */
  public static Result of(List<Recorded> events) {
    Recomputation again = new Recomputation();
    Difference difference = null;
    for (Recorded recorded : events) {
      difference = again.take(recorded);
      if (difference != null) {
        break;
      }
    }
    return new Result(again.compared, difference == null ? again.missing() : difference);
  }

  private @Nullable Difference take(Recorded recorded) {
    position = recorded.position();
    return switch (recorded.event()) {
      case SlosObserved counts -> {
        observed.put(position, counts);
        yield null;
      }
      case RolloutEvent event -> take(event);
    };
  }

  private @Nullable Difference take(RolloutEvent event) {
    if (expected.isEmpty()) {
      expected.addAll(again(event));
    }
    RolloutEvent made = expected.poll();
    if (!event.equals(made)) {
      return new Difference(position, event, made);
    }
    if (event instanceof CandidateRegistered) {
      registeredAt = position;
    }
    deployment = RolloutRules.after(deployment, event);
    return null;
  }

  private @Nullable Difference missing() {
    return expected.isEmpty() ? null : new Difference(position, null, expected.peek());
  }

  /** What the rules say happened where this event begins. */
  private List<RolloutEvent> again(RolloutEvent event) {
    return switch (event) {
      case CandidateRegistered _, RolloutPaused _, RolloutResumed _, RolloutAborted _ ->
          List.of(event);
      case VerdictReached reached -> assessed(reached.rolloutId(), reached.toPosition());
      case RolledBack back -> assessed(back.rolloutId(), back.evidence().toPosition());
      case StageEntered entered ->
          moved(entered, entered.by(), entered.reason(), entered.evidence());
      case CutoverCompleted completed ->
          moved(completed, completed.by(), completed.reason(), completed.evidence());
    };
  }

  private List<RolloutEvent> moved(
      RolloutEvent event, Trigger by, String reason, @Nullable Evidence evidence) {
    if (evidence == null) {
      return by == Trigger.OPERATOR ? List.of(event) : List.of();
    }
    if (by == Trigger.EVIDENCE) {
      return assessed(event.rolloutId(), evidence.toPosition());
    }
    Observation latest = observation(evidence.toPosition());
    compared++;
    return latest == null
        ? List.of()
        : RolloutRules.decide(deployment, new PromoteRollout(event.rolloutId(), reason, latest));
  }

  private List<RolloutEvent> assessed(String rolloutId, long toPosition) {
    Observation observation = observation(toPosition);
    compared++;
    return observation == null
        ? List.of()
        : RolloutRules.decide(deployment, new AssessRollout(rolloutId, observation));
  }

  private @Nullable Observation observation(long at) {
    SlosObserved counts = observed.get(at);
    return counts == null ? null : counts.at(registeredAt, at);
  }
}
