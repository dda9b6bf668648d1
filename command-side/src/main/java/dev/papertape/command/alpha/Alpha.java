package dev.papertape.command.alpha;

import dev.papertape.contracts.alpha.AlphaKind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A strategy: what it would like to hold of a symbol, from the symbol's past mids, the features
 * that it reads and the regime. One instance serves every symbol and keeps nothing between two
 * calls: what it remembers is {@link AlphaMoment#previous}. No clock, no randomness, no I/O.
 */
public interface Alpha {
  /** As the registry, orders and reports name it. */
  String id();

  AlphaKind kind();

  /** Number of the newest samples of the mid that {@link #signal} looks at, at least 1. */
  int lookBack();

  /** Names of the features that it reads, for the registry; empty when it reads mids only. */
  List<String> features();

  /**
   * The wish now, from −1 (short) over 0 (nothing) to 1 (long).
   *
   * @return null while it has no opinion: fewer than {@link #lookBack} samples, or a feature is
   *     missing. Anything else that is not a number of [−1, 1], and anything thrown, benches it.
   */
  @Nullable Double signal(AlphaMoment now);
}
