package dev.papertape.contracts.deploy;

/**
 * Samples in equal blocks: one of the candidate and one of the control arm, close to each other in
 * time. What has no partner in the other arm is in no block.
 *
 * @param blocks complete ones
 * @param candidateBad blocks whose candidate sample was bad
 * @param controlBad blocks whose control sample was bad
 */
public record BlockCounts(long blocks, long candidateBad, long controlBad) {
  public static final BlockCounts NONE = new BlockCounts(0, 0, 0);

  public BlockCounts {
    if (candidateBad < 0 || candidateBad > blocks || controlBad < 0 || controlBad > blocks) {
      throw new IllegalArgumentException("not 0 <= bad <= blocks");
    }
  }
}
