package dev.papertape.contracts.deploy;

/**
 * Samples of one arm and SLO since the rollout began.
 *
 * @param samples those that count as evidence, bad ones among them
 * @param excluded those taken while a chaos experiment ran; in none of the other two
 */
public record ArmCounts(long samples, long bad, long excluded) {
  public static final ArmCounts NONE = new ArmCounts(0, 0, 0);

  public ArmCounts {
    if (bad < 0 || bad > samples || excluded < 0) {
      throw new IllegalArgumentException("not 0 <= bad <= samples and 0 <= excluded");
    }
  }
}
