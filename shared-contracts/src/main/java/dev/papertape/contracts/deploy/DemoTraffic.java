package dev.papertape.contracts.deploy;

/**
 * Intents of the demo pace since the rollout began; cumulative over the engine's lives.
 *
 * @param generated all of them
 * @param traded those in one of both arms; the others were counted only
 */
public record DemoTraffic(long generated, long traded) {
  public DemoTraffic {
    if (traded < 0 || traded > generated) {
      throw new IllegalArgumentException("not 0 <= traded <= generated");
    }
  }
}
