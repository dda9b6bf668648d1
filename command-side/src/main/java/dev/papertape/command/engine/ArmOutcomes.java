package dev.papertape.command.engine;

import dev.papertape.command.deploy.ReleasePolicy;
import dev.papertape.command.deploy.Releases.Assignment;
import dev.papertape.command.engine.OrderEvaluation.Outcome;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What both arms' releases make of one intent on the same inputs.
 *
 * @param executed what is done
 * @param baseline what the active release makes of it
 * @param candidate what the candidate makes of it; null outside both arms, or if it failed
 * @param candidateFailed whether the candidate threw: its intent is then decided by the baseline,
 *     so that none is lost
 */
record ArmOutcomes(
    Assignment assignment,
    Outcome executed,
    Outcome baseline,
    @Nullable Outcome candidate,
    boolean candidateFailed) {
  private static final Logger log = LoggerFactory.getLogger(ArmOutcomes.class);

  static ArmOutcomes of(Assignment assignment, Function<ReleasePolicy, Outcome> under) {
    Outcome baseline = under.apply(assignment.baseline());
    ReleasePolicy policy = assignment.candidate();
    if (policy == null) {
      return new ArmOutcomes(assignment, baseline, baseline, null, false);
    }
    try {
      Outcome candidate = under.apply(policy);
      Outcome executed = assignment.candidateExecutes() ? candidate : baseline;
      return new ArmOutcomes(assignment, executed, baseline, candidate, false);
    } catch (RuntimeException failure) {
      log.debug("release {} failed at an intent", policy.release(), failure);
      return new ArmOutcomes(assignment, baseline, baseline, null, true);
    }
  }
}
