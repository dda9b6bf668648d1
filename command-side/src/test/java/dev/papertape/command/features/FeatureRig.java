package dev.papertape.command.features;

import dev.papertape.command.features.parity.BarParity;
import dev.papertape.command.features.parity.KnownBar;
import dev.papertape.command.features.parity.OnlineValue;
import dev.papertape.command.features.parity.ParityRange;
import dev.papertape.command.features.parity.ParityTallies;
import dev.papertape.command.market.JudgedCandle;
import dev.papertape.command.quality.CandleJudge.Outcome;
import dev.papertape.contracts.features.FeatureParity;
import dev.papertape.contracts.market.Bar;
import dev.papertape.contracts.market.Candle;
import dev.papertape.contracts.market.CandleInterval;
import dev.papertape.contracts.market.CandleOrigin;
import dev.papertape.contracts.market.Symbol;
import dev.papertape.contracts.market.Venue;
import dev.papertape.eventstore.features.BookSample;
import dev.papertape.eventstore.features.FeatureValue;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The engine's features told bar by bar, and a store in memory of what they came to. */
final class FeatureRig implements FeatureSink {
  static final Venue VENUE = new Venue("BINANCE");
  static final Symbol BTC = new Symbol("BTC-USDT");
  private static final Duration TICK = Duration.ofMillis(100);

  final List<FeatureValue> values = new ArrayList<>();
  final List<BookSample> samples = new ArrayList<>();
  final List<KnownBar> history = new ArrayList<>();
  private final List<BarFeature> features;
  private final OnlineFeatures online;
  private long frame;
  private Instant now = Instant.EPOCH;

  FeatureRig(List<BarFeature> features) {
    this.features = features;
    this.online = new OnlineFeatures(features, this, 1);
  }

  @Override
  public void value(FeatureValue value) {
    values.add(value);
  }

  @Override
  public void sample(BookSample sample) {
    samples.add(sample);
  }

  /** Each a second after its end, with the tick that follows. */
  FeatureRig live(List<Bar> bars) {
    for (Bar bar : bars) {
      told(bar, bar.openTime().plusSeconds(61));
      tick(bar.openTime().plusSeconds(61).plus(TICK));
    }
    return this;
  }

  /** A bar that may be used comes in. */
  FeatureRig told(Bar bar, Instant at) {
    frame++;
    history.add(new KnownBar(bar, at, true));
    online.candle(judged(bar, Outcome.PASSED, at));
    now = at;
    return this;
  }

  /** A bar turns out not to be fit for use. */
  FeatureRig condemned(Bar bar, Instant at) {
    frame++;
    history.add(new KnownBar(bar, at, false));
    online.candle(judged(bar, Outcome.CONDEMNED, at));
    now = at;
    return this;
  }

  private static JudgedCandle judged(Bar bar, Outcome outcome, Instant at) {
    return new JudgedCandle(
        new Candle(VENUE, BTC, CandleInterval.ONE_MINUTE, bar),
        CandleOrigin.STREAM,
        outcome,
        List.of(),
        "",
        at);
  }

  FeatureRig tick(Instant at) {
    online.tick(at, frame);
    now = at;
    return this;
  }

  /** Ticks until there is nothing left to compute. */
  FeatureRig settle() {
    int before;
    do {
      before = values.size();
      tick(now.plus(TICK));
    } while (values.size() > before);
    return this;
  }

  /** Of event times after {@code after}, a minute after what happened last. */
  Map<String, FeatureParity> parity(Instant after) {
    ParityRange range = new ParityRange(after, now.plusSeconds(60));
    ParityTallies tallies =
        new ParityTallies(features.stream().map(BarFeature::definition).toList());
    new BarParity(VENUE, BTC, features, history, range).check(stored(after), tallies);
    Map<String, FeatureParity> results = new HashMap<>();
    tallies.results().forEach(result -> results.put(result.name(), result));
    return results;
  }

  private Map<String, List<OnlineValue>> stored(Instant after) {
    Map<String, List<OnlineValue>> stored = new HashMap<>();
    for (FeatureValue value : values) {
      if (value.eventTime().isAfter(after)) {
        stored
            .computeIfAbsent(value.series().name(), _ -> new ArrayList<>())
            .add(
                new OnlineValue(
                    value.eventTime(), value.availableAt(), value.frame(), value.value()));
      }
    }
    return stored;
  }
}
