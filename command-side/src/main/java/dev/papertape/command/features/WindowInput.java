package dev.papertape.command.features;

import dev.papertape.contracts.alpha.FeatureWindow;
import dev.papertape.contracts.features.BuiltInFeatures;
import dev.papertape.contracts.features.FeatureDefinition;
import dev.papertape.contracts.market.Venue;
import dev.papertape.contracts.quality.Channel;
import java.util.Optional;

/** The stream of its symbol that the values of a window are made of. */
public record WindowInput(Venue venue, Channel channel) {

  /**
   * Empty for what is of all venues (the common mid takes part of books in order only), for what is
   * no feature, and where no value was there to be used.
   */
  public static Optional<WindowInput> of(FeatureWindow window) {
    int at = window.feature().indexOf(FeatureMemory.AT_VENUE);
    if (at < 0 || window.points().isEmpty()) {
      return Optional.empty();
    }
    Venue venue = new Venue(window.feature().substring(at + 1));
    return BuiltInFeatures.find(window.feature().substring(0, at))
        .map(definition -> new WindowInput(venue, channel(definition)));
  }

  private static Channel channel(FeatureDefinition definition) {
    return switch (definition.input()) {
      case CANDLES -> Channel.OHLCV;
      case BOOK -> Channel.L2;
      case TRADES -> Channel.TRADES;
    };
  }
}
