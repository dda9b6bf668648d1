package dev.papertape.command.alpha;

import dev.papertape.contracts.alpha.AlphaKind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Channel breakout (Donchian; the Turtles' rule, Faith 2003): long once the mid is above the
 * highest of the {@code channel} mids before it, short once below their lowest; a wish ends when
 * the mid leaves the shorter channel of the newest {@code exitShare · channel} mids on the other
 * side. Odd in the log returns, since highest and lowest change places.
 */
public final class BreakoutAlpha implements Alpha {
  private final String id;
  private final int channel;
  private final int exitChannel;

  /**
   * @param channel samples before the newest, &ge; 2
   * @param exitShare of them that make the channel of the exit, in (0, 1]
   */
  public BreakoutAlpha(String id, int channel, double exitShare) {
    if (channel < 2 || !(exitShare > 0 && exitShare <= 1)) {
      throw new IllegalArgumentException("needs two samples or more and a share in (0, 1]");
    }
    this.id = id;
    this.channel = channel;
    this.exitChannel = Math.max(1, (int) Math.rint(channel * exitShare));
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public AlphaKind kind() {
    return AlphaKind.BREAKOUT;
  }

  @Override
  public int lookBack() {
    return channel + 1;
  }

  @Override
  public List<String> features() {
    return List.of();
  }

  @Override
  public @Nullable Double signal(AlphaMoment now) {
    if (now.mids().size() < lookBack()) {
      return null;
    }
    double[] mids = now.mids().newest(lookBack());
    double mid = mids[channel];
    int side = side(mid, mids, channel);
    if (side != 0) {
      return (double) side;
    }
    boolean isOver = now.previous() * side(mid, mids, exitChannel) < 0;
    return isOver ? 0.0 : now.previous();
  }

  /** 1 above, −1 below, 0 within the channel of the {@code count} mids before the newest. */
  private static int side(double mid, double[] mids, int count) {
    double highest = Double.NEGATIVE_INFINITY;
    double lowest = Double.POSITIVE_INFINITY;
    int newest = mids.length - 1;
    for (int i = newest - count; i < newest; i++) {
      highest = Math.max(highest, mids[i]);
      lowest = Math.min(lowest, mids[i]);
    }
    if (mid > highest) {
      return 1;
    }
    return mid < lowest ? -1 : 0;
  }
}
