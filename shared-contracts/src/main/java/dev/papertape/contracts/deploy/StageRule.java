package dev.papertape.contracts.deploy;

/**
 * One step of a rollout.
 *
 * @param sampledPercent of the intents are the candidate's, and as many the control arm's; 1 to 50
 * @param minimumSamples of every SLO and of the candidate arm that the step itself must bring
 * @param minimumDwellMs feed time that the step lasts at least
 */
public record StageRule(Stage stage, int sampledPercent, long minimumSamples, long minimumDwellMs) {
  public StageRule {
    if (stage != Stage.CANDIDATE && stage != Stage.CANARY && stage != Stage.PARTIAL) {
      throw new IllegalArgumentException(stage + " is no step of a rollout");
    }
    if (sampledPercent < 1 || sampledPercent > 50) {
      throw new IllegalArgumentException("an arm takes 1 to 50 percent");
    }
    if (minimumSamples < 0 || minimumDwellMs < 0) {
      throw new IllegalArgumentException("minimums must not be negative");
    }
  }

  /** What the candidate executes: nothing in the shadow. */
  public int trafficPercent() {
    return stage == Stage.CANDIDATE ? 0 : sampledPercent;
  }
}
