package dev.papertape.command.deploy.rollout;

import dev.papertape.contracts.deploy.Arm;
import java.nio.charset.StandardCharsets;

/**
 * Which arm an order intent belongs to: a stable hash of rollout and intent puts it into one of
 * 10,000 buckets; the first share is the candidate's, the next of equal size the control arm's. An
 * intent of the candidate's stays so when its share grows; another rollout draws anew, so it is not
 * always the same intents that try out what is new.
 */
public final class ArmAssignment {
  private static final int BUCKETS = 10_000;
  private static final int BUCKETS_PER_PERCENT = 100;

  // FNV-1a, 64 bit, and the finaliser of SplitMix64: FNV alone leaves short ids' high bits alike.
  private static final long FNV_OFFSET = 0xcbf29ce484222325L;
  private static final long FNV_PRIME = 0x100000001b3L;
  private static final long MIX_1 = 0xbf58476d1ce4e5b9L;
  private static final long MIX_2 = 0x94d049bb133111ebL;

  private final long salt;
  private final int perArm;

  /**
   * @param sampledPercent of each of both arms, 0 to 50; see {@link Rollout#sampledPercent()}
   */
  public ArmAssignment(String rolloutId, int sampledPercent) {
    if (sampledPercent < 0 || sampledPercent > 50) {
      throw new IllegalArgumentException("an arm takes 0 to 50 percent, not " + sampledPercent);
    }
    this.salt = fnv(FNV_OFFSET, rolloutId);
    this.perArm = sampledPercent * BUCKETS_PER_PERCENT;
  }

  /** The intent's arm, always the same. */
  public Arm of(String intentId) {
    int bucket = bucket(intentId);
    if (bucket < perArm) {
      return Arm.CANDIDATE;
    }
    return bucket < 2 * perArm ? Arm.CONTROL : Arm.BASELINE;
  }

  private int bucket(String intentId) {
    long hash = fnv(mix(salt), intentId);
    return (int) Long.remainderUnsigned(mix(hash), BUCKETS);
  }

  private static long fnv(long start, String text) {
    long hash = start;
    for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
      hash = (hash ^ (octet & 0xff)) * FNV_PRIME;
    }
    return hash;
  }

  private static long mix(long value) {
    long first = (value ^ (value >>> 30)) * MIX_1;
    long second = (first ^ (first >>> 27)) * MIX_2;
    return second ^ (second >>> 31);
  }
}
