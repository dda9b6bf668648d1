package dev.papertape.command.alpha;

import dev.papertape.command.features.FeatureReader;
import dev.papertape.contracts.alpha.AlphaKind;
import dev.papertape.contracts.alpha.FeatureWindow;
import dev.papertape.contracts.features.BuiltInFeatures;
import dev.papertape.contracts.market.Venue;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Order-book imbalance (Cont, Kukanov, Stoikov 2014; Cartea, Donnelly, Jaimungal 2018): the fuller
 * side of the book pushes. {@code bookImbalance}, the (bid − ask) / (bid + ask) quantity of the
 * five best levels, averaged over the newest {@code smoothing} samples and over the venues whose
 * book takes part in the mid; at {@code |average| ≥ enter} it wishes that way, until it is within
 * {@code exit}. Books mirrored (bids for asks) give the opposite wish.
 */
public final class ImbalanceAlpha implements Alpha {
  private static final String FEATURE = BuiltInFeatures.BOOK_IMBALANCE.name();

  /** A book without a value for this long is out of the mid, and its last imbalance is history. */
  private static final Duration OLDEST = Duration.ofMillis(1_500);

  private final String id;
  private final int smoothing;
  private final double enter;
  private final double exit;

  /**
   * @param smoothing samples of each venue, 1 to 60
   * @param enter average at which a wish begins, &gt; exit &ge; 0
   * @param exit average at which it ends
   */
  public ImbalanceAlpha(String id, int smoothing, double enter, double exit) {
    if (smoothing < 1 || smoothing > 60 || !(enter > exit) || !(exit >= 0)) {
      throw new IllegalArgumentException("needs 1 to 60 samples, and enter > exit >= 0");
    }
    this.id = id;
    this.smoothing = smoothing;
    this.enter = enter;
    this.exit = exit;
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public AlphaKind kind() {
    return AlphaKind.ORDER_BOOK_IMBALANCE;
  }

  @Override
  public int lookBack() {
    return 1;
  }

  @Override
  public List<String> features() {
    return List.of(FEATURE);
  }

  @Override
  public @Nullable Double signal(AlphaMoment now) {
    FeatureReader features = now.features();
    Instant since = now.mids().newestAt().minus(OLDEST);
    double sum = 0;
    int venues = 0;
    for (Venue venue : features.venues(FEATURE, since)) {
      FeatureWindow window = features.newest(FEATURE, venue, smoothing);
      if (window != null) {
        sum += average(window);
        venues++;
      }
    }
    return venues == 0 ? null : Hysteresis.wish(sum / venues, enter, exit, now.previous());
  }

  private static double average(FeatureWindow window) {
    double sum = 0;
    for (FeatureWindow.Point point : window.points()) {
      sum += Double.parseDouble(point.value());
    }
    return sum / window.points().size();
  }
}
