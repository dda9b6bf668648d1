package dev.papertape.contracts.deploy;

/**
 * Everything that the evidence on one SLO is a function of; cumulative over the whole rollout and
 * over all lives of the engine.
 */
public record SloCounts(Slo slo, ArmCounts candidate, ArmCounts control, BlockCounts blocks) {
  public SloCounts {
    if (blocks.blocks() > Math.min(candidate.samples(), control.samples())
        || blocks.candidateBad() > candidate.bad()
        || blocks.controlBad() > control.bad()) {
      throw new IllegalArgumentException("more in blocks than was sampled");
    }
  }

  /** Before the first sample. */
  public static SloCounts none(Slo slo) {
    return new SloCounts(slo, ArmCounts.NONE, ArmCounts.NONE, BlockCounts.NONE);
  }
}
