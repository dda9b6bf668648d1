package dev.papertape.command.features.parity;

import dev.papertape.command.features.BarFeature;
import dev.papertape.command.features.DroppedValues;
import dev.papertape.contracts.features.BuiltInFeatures;
import dev.papertape.contracts.features.FeatureDefinition;
import dev.papertape.contracts.features.FeatureParity;
import dev.papertape.contracts.market.Symbol;
import dev.papertape.eventstore.features.BookSample;
import dev.papertape.eventstore.features.FeatureReadings;
import dev.papertape.eventstore.features.FeatureSeries;
import dev.papertape.eventstore.features.FeatureValue;
import dev.papertape.eventstore.jdbc.Transaction;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;

/** Reads what was put and what it was made of, from one snapshot of the database; compares. */
public final class ParityCheck {
  /** Candles are stored by another thread than the values over them. */
  private static final Duration CANDLES_UNDER_WAY = Duration.ofSeconds(5);

  private final DataSource dataSource;
  private final BarHistory history;
  private final List<BarFeature> barFeatures;
  private final DroppedValues dropped;
  private final List<FeatureDefinition> sampled;

  /**
   * How far back a check goes, in event time.
   *
   * @param bars of values over candles
   * @param samples of values that come once a second
   */
  public record Depth(Duration bars, Duration samples) {}

  /**
   * @param dropped values that were never written
   */
  public ParityCheck(
      DataSource dataSource,
      BarHistory history,
      List<BarFeature> barFeatures,
      DroppedValues dropped) {
    this.dropped = dropped;
    this.dataSource = dataSource;
    this.history = history;
    this.barFeatures = List.copyOf(barFeatures);
    this.sampled = BuiltInFeatures.all().stream().filter(each -> each.input().isSampled()).toList();
  }

  /**
   * @param knownUntil feed time up to which every value is written
   * @return one a feature, in the order of their definitions
   */
  public List<FeatureParity> check(Instant knownUntil, Depth depth) throws SQLException {
    ParityTallies tallies = tallies();
    try (Connection connection = dataSource.getConnection();
        Transaction transaction = Transaction.begin(connection)) {
      transaction.snapshot();
      ParityRange bars =
          new ParityRange(knownUntil.minus(depth.bars()), knownUntil.minus(CANDLES_UNDER_WAY));
      for (BarHistory.Stream stream : history.streams(connection)) {
        checkBars(connection, stream, bars, tallies);
      }
      ParityRange samples = new ParityRange(knownUntil.minus(depth.samples()), knownUntil);
      for (String symbol : FeatureReadings.symbols(connection)) {
        checkSamples(connection, new Symbol(symbol), samples, tallies);
      }
    }
    return tallies.results();
  }

  /** What a check says that has nothing to look at. */
  public List<FeatureParity> nothing() {
    return tallies().results();
  }

  private ParityTallies tallies() {
    List<FeatureDefinition> definitions = new ArrayList<>();
    barFeatures.forEach(each -> definitions.add(each.definition()));
    definitions.addAll(sampled);
    return new ParityTallies(definitions);
  }

  private void checkBars(
      Connection connection, BarHistory.Stream stream, ParityRange range, ParityTallies tallies)
      throws SQLException {
    int lookBack =
        barFeatures.stream().mapToInt(each -> each.definition().lookBack()).max().orElse(1);
    Instant from = range.after().minus(KnownBars.longest(lookBack));
    List<KnownBar> bars = history.bars(connection, stream, from, range.knownUntil());
    Map<String, List<OnlineValue>> online = new HashMap<>();
    for (BarFeature feature : barFeatures) {
      FeatureDefinition definition = feature.definition();
      online.put(
          definition.name(),
          byVenue(connection, stream.symbol().value(), definition, range)
              .getOrDefault(stream.venue().name(), List.of()));
    }
    new BarParity(stream.venue(), stream.symbol(), barFeatures, bars, range).check(online, tallies);
  }

  private void checkSamples(
      Connection connection, Symbol symbol, ParityRange range, ParityTallies tallies)
      throws SQLException {
    Duration before = Duration.ofSeconds(BuiltInFeatures.TRADE_FLOW_IMBALANCE.lookBack() + 2L);
    List<BookSample> samples =
        FeatureReadings.samples(
            connection, symbol.value(), range.after().minus(before), range.knownUntil());
    Map<String, Map<String, List<OnlineValue>>> online = new HashMap<>();
    for (FeatureDefinition definition : sampled) {
      online.put(definition.name(), byVenue(connection, symbol.value(), definition, range));
    }
    SampleParity parity = new SampleParity(symbol, samples, range);
    parity.check(online, tallies);
    dropped.tell(
        range.after(), range.knownUntil(), (series, at) -> parity.dropped(series, at, tallies));
  }

  private static Map<String, List<OnlineValue>> byVenue(
      Connection connection, String symbol, FeatureDefinition definition, ParityRange range)
      throws SQLException {
    FeatureSeries series =
        new FeatureSeries(
            FeatureSeries.ALL_VENUES,
            symbol,
            definition.name(),
            definition.version(),
            definition.input().isSampled());
    Map<String, List<OnlineValue>> byVenue = new HashMap<>();
    for (FeatureValue value :
        FeatureReadings.revisions(
            connection, series, range.after(), range.knownUntil(), range.knownUntil())) {
      byVenue
          .computeIfAbsent(value.series().venue(), _ -> new ArrayList<>())
          .add(
              new OnlineValue(
                  value.eventTime(), value.availableAt(), value.frame(), value.value()));
    }
    return byVenue;
  }
}
