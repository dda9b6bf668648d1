package dev.papertape.command.alpha;

import dev.papertape.contracts.alpha.AlphaKind;
import dev.papertape.contracts.alpha.AlphaSpec;
import dev.papertape.contracts.alpha.AlphaStage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/**
 * The alphas of an engine: those of its configuration, which the log's registry overrules as soon
 * as it knows them, and how they are asked.
 *
 * @param configured registered at the start of a fresh log
 * @param catalogue makes them
 * @param interval of feed time between two samples
 */
public record AlphaSettings(
    List<AlphaSpec> configured, AlphaCatalogue catalogue, Duration interval) {
  public static final Duration EVERY_SECOND = Duration.ofSeconds(1);

  /** None: an engine that only keeps books and serves orders from outside. */
  public static final AlphaSettings NONE =
      new AlphaSettings(List.of(), AlphaCatalogue.BUILT_IN, EVERY_SECOND);

  public AlphaSettings {
    configured = List.copyOf(configured);
  }

  /** What a fresh start trades with: the built-in ones, and those of others for a trial. */
  public static AlphaSettings standard(AlphaCatalogue catalogue) {
    List<AlphaSpec> specs = new ArrayList<>(builtIn());
    for (AlphaProvider each : catalogue.provided()) {
      specs.add(
          spec(
              each.alphaId(),
              each.name(),
              AlphaKind.PROVIDED,
              AlphaCatalogue.complete(each.parameters(), Map.of()),
              each.features(),
              AlphaStage.INCUBATING));
    }
    return new AlphaSettings(specs, catalogue, EVERY_SECOND);
  }

  /** The five built-in alphas as a fresh start has them. */
  public static List<AlphaSpec> builtIn() {
    return List.of(
        builtIn("momentum", "Momentum", AlphaKind.MOMENTUM, AlphaStage.ACTIVE),
        builtIn("mean-reversion", "Mean reversion", AlphaKind.MEAN_REVERSION, AlphaStage.ACTIVE),
        builtIn(
            "order-book-imbalance",
            "Order-book imbalance",
            AlphaKind.ORDER_BOOK_IMBALANCE,
            AlphaStage.ACTIVE),
        builtIn("breakout", "Channel breakout", AlphaKind.BREAKOUT, AlphaStage.CANARY),
        builtIn(
            "volatility-carry", "Volatility carry", AlphaKind.VOLATILITY_CARRY, AlphaStage.SHADOW));
  }

  private static AlphaSpec builtIn(String id, String name, AlphaKind kind, AlphaStage stage) {
    return spec(
        id,
        name,
        kind,
        AlphaCatalogue.complete(AlphaCatalogue.parameters(kind), Map.of()),
        AlphaCatalogue.BUILT_IN.features(id, kind),
        stage);
  }

  private static AlphaSpec spec(
      String id,
      String name,
      AlphaKind kind,
      SortedMap<String, Double> params,
      List<String> features,
      AlphaStage stage) {
    return new AlphaSpec(id, name, kind, params, List.of(), features, 1, stage, false, null, null);
  }
}
