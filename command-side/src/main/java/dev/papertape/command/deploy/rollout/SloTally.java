package dev.papertape.command.deploy.rollout;

import dev.papertape.contracts.deploy.Arm;
import dev.papertape.contracts.deploy.ArmCounts;
import dev.papertape.contracts.deploy.BlockCounts;
import dev.papertape.contracts.deploy.Slo;
import dev.papertape.contracts.deploy.SloCounts;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Counts the samples of one SLO. Samples of both arms make blocks of one each: a sample is paired
 * with the other arm's newest one that waits, so that both saw the same market. Paired in order of
 * arrival, the surplus of the longer arm would be old, and samples from before a fault that hits
 * everybody would speak against a candidate in the middle of it. Which samples make a block depends
 * on their arrival alone, never on their outcome, as the evidence asks for. Where a stage samples
 * only one of the arms (a shadow has no latency), neither is to be counted. Owned by one thread.
 */
public final class SloTally {
  /**
   * Beyond, the oldest stay without a partner: a difference of arms that wanders so far is rare.
   */
  static final int MOST_WAITING = 64;

  private final Slo slo;
  private ArmCounts candidate;
  private ArmCounts control;
  private BlockCounts blocks;

  /** Outcomes of the longer arm without partners, oldest first: whether bad. */
  private final Deque<Boolean> waiting = new ArrayDeque<>();

  private Arm longer = Arm.CANDIDATE;

  /**
   * Goes on from recorded counts: what waited for a partner then stays in its arm's counts and in
   * no block.
   */
  public SloTally(SloCounts recorded) {
    this.slo = recorded.slo();
    this.candidate = recorded.candidate();
    this.control = recorded.control();
    this.blocks = recorded.blocks();
  }

  /** Counts a sample. Of an arm that is not sampled, nothing. */
  public void sample(Arm arm, boolean bad) {
    switch (arm) {
      case CANDIDATE -> candidate = plus(candidate, bad);
      case CONTROL -> control = plus(control, bad);
      case BASELINE -> {
        return;
      }
    }
    pair(arm, bad);
  }

  /** Counts a sample that is no evidence, since a chaos experiment ran. */
  public void exclude(Arm arm) {
    switch (arm) {
      case CANDIDATE -> candidate = plusExcluded(candidate);
      case CONTROL -> control = plusExcluded(control);
      case BASELINE -> {}
    }
  }

  public SloCounts counts() {
    return new SloCounts(slo, candidate, control, blocks);
  }

  private void pair(Arm arm, boolean bad) {
    if (waiting.isEmpty()) {
      longer = arm;
    }
    if (arm == longer) {
      if (waiting.size() == MOST_WAITING) {
        waiting.removeFirst();
      }
      waiting.addLast(bad);
      return;
    }
    boolean partner = waiting.removeLast();
    boolean candidateBad = arm == Arm.CANDIDATE ? bad : partner;
    boolean controlBad = arm == Arm.CANDIDATE ? partner : bad;
    blocks =
        new BlockCounts(
            blocks.blocks() + 1,
            blocks.candidateBad() + (candidateBad ? 1 : 0),
            blocks.controlBad() + (controlBad ? 1 : 0));
  }

  private static ArmCounts plus(ArmCounts counts, boolean bad) {
    return new ArmCounts(counts.samples() + 1, counts.bad() + (bad ? 1 : 0), counts.excluded());
  }

  private static ArmCounts plusExcluded(ArmCounts counts) {
    return new ArmCounts(counts.samples(), counts.bad(), counts.excluded() + 1);
  }
}
