package dev.papertape.command.deploy.verdict;

import dev.papertape.contracts.deploy.ArmCounts;
import dev.papertape.contracts.deploy.RolloutPolicy;
import dev.papertape.contracts.deploy.Slo;
import dev.papertape.contracts.deploy.SloAssessment;
import dev.papertape.contracts.deploy.SloCounts;
import dev.papertape.contracts.deploy.SloEvidence;
import dev.papertape.contracts.deploy.SloRule;
import dev.papertape.contracts.deploy.SloVerdict;

/**
 * What the counts of one SLO say, as {@code docs/decisions/0013} has it:
 *
 * <ul>
 *   <li>{@code NO_DATA} without samples of the candidate;
 *   <li>{@code FAIL} when the evidence against "the bound is kept" and that against "no worse than
 *       the control arm" both reach 1/α, α being this SLO's share;
 *   <li>{@code BASELINE_ALSO_BAD} when only the first does: a fault that hits both arms must not
 *       kill a good release, and nothing is promoted meanwhile;
 *   <li>{@code PASS} when the evidence against "margin · bound or worse" reaches 1/α of promotion;
 *   <li>{@code INCONCLUSIVE} from the first look at the sample cap on: no later luck promotes,
 *       later harm still fails;
 *   <li>{@code SAMPLING} otherwise.
 * </ul>
 */
public final class SloJudge {
  private final SloRule rule;
  private final double margin;
  private final double abortAlpha;
  private final double promoteAlpha;
  private final long sampleCap;
  private final BernoulliMixture abort;
  private final BernoulliMixture promote;
  private final ControlMixture vsControl;

  public SloJudge(SloRule rule, RolloutPolicy policy) {
    this.rule = rule;
    this.margin = policy.margin();
    this.abortAlpha = policy.abortAlphaShare();
    this.promoteAlpha = policy.promoteAlpha();
    this.sampleCap = policy.sampleCap();
    double bound = rule.bound();
    this.abort = new BernoulliMixture(bound, Grids.abort(bound));
    this.promote = new BernoulliMixture(margin * bound, Grids.promote(bound, margin));
    this.vsControl = new ControlMixture(Grids.control(bound));
  }

  Slo slo() {
    return rule.slo();
  }

  /**
   * Assesses.
   *
   * @param previous the verdict before: the first look at or beyond the cap decides for good, and
   *     what was held then does not pass any more
   */
  public SloAssessment assess(SloCounts counts, SloVerdict previous) {
    ArmCounts candidate = counts.candidate();
    SloEvidence evidence = evidence(counts);
    boolean mayPass = candidate.samples() <= sampleCap || !wasHeld(previous);
    SloVerdict verdict;
    if (candidate.samples() == 0) {
      verdict = SloVerdict.NO_DATA;
    } else if (reaches(evidence.eValueAbort(), abortAlpha)) {
      verdict =
          reaches(evidence.eValueVsBaseline(), abortAlpha)
              ? SloVerdict.FAIL
              : SloVerdict.BASELINE_ALSO_BAD;
    } else if (reaches(evidence.eValuePromote(), promoteAlpha) && mayPass) {
      verdict = SloVerdict.PASS;
    } else {
      verdict = candidate.samples() >= sampleCap ? SloVerdict.INCONCLUSIVE : SloVerdict.SAMPLING;
    }
    return new SloAssessment(
        counts,
        rule.bound(),
        margin,
        abortAlpha,
        evidence.eValueAbort(),
        evidence.eValuePromote(),
        evidence.eValueVsBaseline(),
        verdict);
  }

  /** The e-values of these counts: a function of them alone. */
  SloEvidence evidence(SloCounts counts) {
    ArmCounts candidate = counts.candidate();
    return new SloEvidence(
        rule.slo(),
        LogMean.number(abort.log(candidate.samples(), candidate.bad())),
        LogMean.number(promote.log(candidate.samples(), candidate.bad())),
        LogMean.number(vsControl.log(counts.blocks())));
  }

  private static boolean wasHeld(SloVerdict previous) {
    return previous == SloVerdict.INCONCLUSIVE || previous == SloVerdict.BASELINE_ALSO_BAD;
  }

  private static boolean reaches(double evidence, double alpha) {
    return evidence >= 1 / alpha;
  }
}
