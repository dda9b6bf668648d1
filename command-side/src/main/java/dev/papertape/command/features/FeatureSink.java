package dev.papertape.command.features;

import dev.papertape.eventstore.features.BookSample;
import dev.papertape.eventstore.features.FeatureValue;

/**
 * Where the engine puts what it computed. Called on the engine's thread, in order; never blocks and
 * never throws.
 */
public interface FeatureSink {
  /** Keeps nothing: a play has no readers of its features but its own alphas. */
  FeatureSink NONE =
      new FeatureSink() {
        @Override
        public void value(FeatureValue value) {}

        @Override
        public void sample(BookSample sample) {}
      };

  void value(FeatureValue value);

  void sample(BookSample sample);
}
