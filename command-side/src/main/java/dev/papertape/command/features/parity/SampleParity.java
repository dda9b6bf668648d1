package dev.papertape.command.features.parity;

import dev.papertape.command.features.parity.ParityTally.Place;
import dev.papertape.contracts.features.BuiltInFeatures;
import dev.papertape.contracts.features.FeatureDefinition;
import dev.papertape.contracts.market.Symbol;
import dev.papertape.contracts.market.Venue;
import dev.papertape.eventstore.features.BookSample;
import dev.papertape.eventstore.features.FeatureSeries;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Compares one symbol's sampled features with what the stored samples give. Books are not kept, so
 * this proves how values were made from the sampled levels and trades; that the levels were the
 * venue's is for checksums, sequences and plays to prove.
 */
public final class SampleParity {
  private final Symbol symbol;
  private final ParityRange range;
  private final Map<Key, Double> expected = new LinkedHashMap<>();
  private final Set<Key> put = new HashSet<>();

  private record Key(String name, String venue, Instant at) {}

  /**
   * @param samples of all venues, in order of time; of the range, and of a look-back before it
   */
  public SampleParity(Symbol symbol, List<BookSample> samples, ParityRange range) {
    this.symbol = symbol;
    this.range = range;
    Map<String, List<BookSample>> byVenue = new TreeMap<>();
    Map<Instant, List<BookSample>> byTime = new TreeMap<>();
    for (BookSample sample : samples) {
      byVenue.computeIfAbsent(sample.venue(), _ -> new ArrayList<>()).add(sample);
      if (range.contains(sample.at())) {
        byTime.computeIfAbsent(sample.at(), _ -> new ArrayList<>()).add(sample);
      }
    }
    byTime.forEach(
        (at, together) ->
            expect(
                BuiltInFeatures.MID,
                FeatureSeries.ALL_VENUES,
                at,
                SampleBacktest.commonMid(together)));
    byVenue.values().forEach(this::expect);
  }

  private void expect(List<BookSample> samples) {
    for (int i = 0; i < samples.size(); i++) {
      BookSample sample = samples.get(i);
      if (range.contains(sample.at())) {
        String venue = sample.venue();
        Instant at = sample.at();
        expect(BuiltInFeatures.BOOK_IMBALANCE, venue, at, SampleBacktest.imbalance(sample));
        expect(BuiltInFeatures.MICROPRICE, venue, at, SampleBacktest.micro(sample));
        expect(BuiltInFeatures.SPREAD_BPS, venue, at, SampleBacktest.spreadBps(sample));
        Double flow = SampleBacktest.tradeFlow(samples, i + 1);
        if (flow != null) {
          expect(BuiltInFeatures.TRADE_FLOW_IMBALANCE, venue, at, flow);
        }
      }
    }
  }

  private void expect(FeatureDefinition definition, String venue, Instant at, double value) {
    expected.put(new Key(definition.name(), venue, at), value);
  }

  /**
   * @param online by feature name, then by venue
   */
  public void check(Map<String, Map<String, List<OnlineValue>>> online, ParityTallies tallies) {
    Map<Key, Double> open = new HashMap<>(expected);
    online.forEach(
        (name, byVenue) ->
            byVenue.forEach(
                (venue, values) ->
                    values.forEach(value -> compare(name, venue, value, open, tallies.of(name)))));
    expected.forEach(
        (key, value) -> {
          if (open.containsKey(key)) {
            tallies.of(key.name()).missingOnline(place(key.venue(), key.at()), value);
          }
        });
  }

  /** A value was never written; it is missing, though its sample may be too. After the check. */
  public void dropped(FeatureSeries series, Instant at, ParityTallies tallies) {
    Key key = new Key(series.name(), series.venue(), at);
    if (series.symbol().equals(symbol.value())
        && !expected.containsKey(key)
        && !put.contains(key)) {
      tallies.of(series.name()).missingOnline(place(series.venue(), at), null);
    }
  }

  private void compare(
      String name, String venue, OnlineValue value, Map<Key, Double> open, ParityTally tally) {
    Double online = value.value();
    if (online == null) {
      return; // Nothing sampled is ever taken back.
    }
    Place place = place(venue, value.eventTime());
    Key key = new Key(name, venue, value.eventTime());
    put.add(key);
    Double backtest = expected.get(key);
    open.remove(key);
    if (backtest == null) {
      tally.missingBacktest(place, value.frame(), online);
    } else {
      tally.compare(place, value.frame(), online, backtest);
    }
  }

  private Place place(String venue, Instant at) {
    return new Place(symbol, venue.equals(FeatureSeries.ALL_VENUES) ? null : new Venue(venue), at);
  }
}
