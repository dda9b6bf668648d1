package dev.papertape.command.alpha;

import org.jspecify.annotations.Nullable;

/** A strategy: what it would like to hold of a symbol, from the symbol's past mids alone. */
public interface Alpha {
  /** As orders and reports name it. */
  String id();

  /** Number of the newest one-second samples that {@link #signal} looks at. */
  int lookBack();

  /**
   * The wish now, from −1 (short) over 0 (nothing) to 1 (long); null while there are fewer than
   * {@link #lookBack} samples.
   *
   * @param previous the last wish, 0 at first
   */
  @Nullable Double signal(MidSeries mids, double previous);
}
