package dev.papertape.command.alpha;

import dev.papertape.command.features.FeatureReader;
import org.jspecify.annotations.Nullable;

/**
 * A strategy: what it would like to hold of a symbol, from the symbol's past mids and from whatever
 * features it reads.
 */
public interface Alpha {
  /** As orders and reports name it. */
  String id();

  /** The same strategy under other parameters; itself where these are not its kind. */
  default Alpha tuned(MomentumAlpha.Parameters parameters) {
    return this;
  }

  /** Number of the newest one-second samples that {@link #signal} looks at. */
  int lookBack();

  /**
   * The wish now, from −1 (short) over 0 (nothing) to 1 (long); null while there are fewer than
   * {@link #lookBack} samples.
   *
   * @param features of the symbol; what is read here is named in the decision's provenance
   * @param previous the last wish, 0 at first
   */
  @Nullable Double signal(MidSeries mids, FeatureReader features, double previous);
}
