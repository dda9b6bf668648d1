package dev.papertape.command.quality;

import dev.papertape.contracts.quality.QualityReason;

/**
 * The statistical rules over a book, each on two numbers: what was measured and what is usual.
 * Pure; the numbers stand in the quarantined record, so the rule can be asked again.
 */
enum BookRule {
  /** Value and median are a side's depth. */
  DEPTH_SPIKE(QualityReason.DEPTH_SPIKE) {
    @Override
    boolean trips(long value, long usual, QualityPolicy policy) {
      return usual > 0 && value > (double) policy.depthSpike() * usual;
    }
  },
  /** Value and median are a side's depth. */
  DEPTH_COLLAPSE(QualityReason.DEPTH_COLLAPSE) {
    @Override
    boolean trips(long value, long usual, QualityPolicy policy) {
      return (double) policy.depthCollapse() * value < usual;
    }
  },
  /** Value and median are the spread in hundredths of a basis point of the mid. */
  SPREAD_SPIKE(QualityReason.SPREAD_SPIKE) {
    @Override
    boolean trips(long value, long usual, QualityPolicy policy) {
      return value > 100 * policy.leastSpreadBps() && value > (double) policy.spreadSpike() * usual;
    }
  },
  /** The mid in half ticks of the scale, after the message and before it. */
  TOP_JUMP(QualityReason.TOP_JUMP) {
    @Override
    boolean trips(long value, long usual, QualityPolicy policy) {
      return usual > 0 && Math.abs(value - usual) / (usual / 10_000.0) > policy.topJumpBps();
    }
  };

  private final QualityReason reason;

  BookRule(QualityReason reason) {
    this.reason = reason;
  }

  QualityReason reason() {
    return reason;
  }

  abstract boolean trips(long value, long usual, QualityPolicy policy);
}
