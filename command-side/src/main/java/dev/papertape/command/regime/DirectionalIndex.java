package dev.papertape.command.regime;

/** Wilder's average directional index over 14 bars, as a running value. */
final class DirectionalIndex {
  private static final int BARS = 14;
  private static final double WEIGHT = 1.0 / BARS;

  private final Ewma up = new Ewma(WEIGHT);
  private final Ewma down = new Ewma(WEIGHT);
  private final Ewma index = new Ewma(WEIGHT);

  /** The true range cancels out of DX, the ratio of the two directional indicators. */
  void add(RegimeBar before, RegimeBar bar) {
    double upMove = bar.high() - before.high();
    double downMove = before.low() - bar.low();
    up.add(upMove > downMove && upMove > 0 ? upMove : 0);
    down.add(downMove > upMove && downMove > 0 ? downMove : 0);
    double both = up.value() + down.value();
    index.add(both == 0 ? 0 : 100 * Math.abs(up.value() - down.value()) / both);
  }

  /** In [0, 100]; NaN before two lengths of bars. */
  double value() {
    return index.count() < 2 * BARS ? Double.NaN : index.value();
  }
}
