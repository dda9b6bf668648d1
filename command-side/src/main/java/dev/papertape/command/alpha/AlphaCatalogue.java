package dev.papertape.command.alpha;

import static dev.papertape.command.alpha.ParameterRange.real;
import static dev.papertape.command.alpha.ParameterRange.whole;

import dev.papertape.contracts.alpha.AlphaKind;
import dev.papertape.contracts.alpha.AlphaSpec;
import dev.papertape.contracts.features.BuiltInFeatures;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Which alphas can be made here: the parameters of each kind with their bounds, and the alpha of
 * given parameters. Bounds are chosen so that any values within them make an alpha: a population
 * may explore each parameter alone.
 */
public final class AlphaCatalogue {
  static final String LOOK_BACK = "lookBack";
  static final String ENTER = "enter";
  static final String EXIT = "exit";
  private static final String CHANNEL = "channel";
  private static final String EXIT_SHARE = "exitShare";
  private static final String SMOOTHING = "smoothing";
  private static final String SHORT_LOOK_BACK = "shortLookBack";
  private static final String LONG_MULTIPLE = "longMultiple";
  private static final String FULL_AT = "fullAt";

  /** Of the class path only built-in alphas. */
  public static final AlphaCatalogue BUILT_IN = new AlphaCatalogue(List.of());

  private static final Duration DEADLINE = Duration.ofMillis(50);

  private final SortedMap<String, AlphaProvider> providers = new TreeMap<>();
  private final Duration deadline;

  public AlphaCatalogue(Collection<AlphaProvider> provided) {
    this(provided, DEADLINE);
  }

  /**
   * @param deadline in which an alpha of others' code must answer
   * @throws IllegalArgumentException if two have the same id, or one has what is no id
   */
  public AlphaCatalogue(Collection<AlphaProvider> provided, Duration deadline) {
    this.deadline = deadline;
    for (AlphaProvider each : provided) {
      if (!AlphaIds.isValid(each.alphaId())) {
        throw new IllegalArgumentException(
            each.getClass().getName() + ": '" + each.alphaId() + "' is no id of an alpha");
      }
      if (providers.put(each.alphaId(), each) != null) {
        throw new IllegalArgumentException("two alphas call themselves " + each.alphaId());
      }
    }
  }

  /** Alphas of others' code, by id. */
  public Collection<AlphaProvider> provided() {
    return List.copyOf(providers.values());
  }

  /** Parameters of a kind; of {@code PROVIDED} see {@link #parameters(String, AlphaKind)}. */
  public static List<ParameterRange> parameters(AlphaKind kind) {
    return switch (kind) {
      case MOMENTUM ->
          List.of(
              whole(LOOK_BACK, 2, 600, MomentumAlpha.Parameters.DEFAULT.lookBackSeconds()),
              real(ENTER, 0.5, 4, MomentumAlpha.Parameters.DEFAULT.enter()),
              real(EXIT, 0, 0.45, MomentumAlpha.Parameters.DEFAULT.exit()));
      case MEAN_REVERSION ->
          List.of(whole(LOOK_BACK, 10, 600, 60), real(ENTER, 1, 4, 2), real(EXIT, 0, 0.9, 0.5));
      case BREAKOUT -> List.of(whole(CHANNEL, 5, 600, 60), real(EXIT_SHARE, 0.1, 1, 0.5));
      case ORDER_BOOK_IMBALANCE ->
          List.of(
              whole(SMOOTHING, 1, 60, 10), real(ENTER, 0.1, 0.9, 0.25), real(EXIT, 0, 0.09, 0.05));
      case VOLATILITY_CARRY ->
          List.of(
              whole(SHORT_LOOK_BACK, 5, 120, 20),
              whole(LONG_MULTIPLE, 2, 10, 3),
              real(FULL_AT, 0.05, 1, 0.4));
      case PROVIDED, EXTERNAL -> List.of();
    };
  }

  /** Parameters of an alpha; of a provided one that this process has not, none. */
  public List<ParameterRange> parameters(String alphaId, AlphaKind kind) {
    AlphaProvider provider = kind == AlphaKind.PROVIDED ? providers.get(alphaId) : null;
    return provider == null ? parameters(kind) : provider.parameters();
  }

  /** A value of each parameter: the given one, else the standard. */
  public static SortedMap<String, Double> complete(
      List<ParameterRange> ranges, Map<String, Double> given) {
    SortedMap<String, Double> complete = new TreeMap<>(given);
    ranges.forEach(range -> complete.putIfAbsent(range.name(), range.standard()));
    return complete;
  }

  /** Features that an alpha of the kind reads. */
  public List<String> features(String alphaId, AlphaKind kind) {
    AlphaProvider provider = kind == AlphaKind.PROVIDED ? providers.get(alphaId) : null;
    if (provider != null) {
      return provider.features();
    }
    return kind == AlphaKind.ORDER_BOOK_IMBALANCE
        ? List.of(BuiltInFeatures.BOOK_IMBALANCE.name())
        : List.of();
  }

  /**
   * The alpha of these parameters; missing ones are the standard.
   *
   * @throws IllegalArgumentException if the values make none, if the alpha is EXTERNAL (it gives no
   *     signal by itself), or if this process does not have a provided one
   */
  public Alpha create(String id, AlphaKind kind, SortedMap<String, Double> params) {
    SortedMap<String, Double> all = complete(parameters(id, kind), params);
    return switch (kind) {
      case MOMENTUM ->
          new MomentumAlpha(id, integer(all, LOOK_BACK), of(all, ENTER), of(all, EXIT));
      case MEAN_REVERSION ->
          new MeanReversionAlpha(id, integer(all, LOOK_BACK), of(all, ENTER), of(all, EXIT));
      case BREAKOUT -> new BreakoutAlpha(id, integer(all, CHANNEL), of(all, EXIT_SHARE));
      case ORDER_BOOK_IMBALANCE ->
          new ImbalanceAlpha(id, integer(all, SMOOTHING), of(all, ENTER), of(all, EXIT));
      case VOLATILITY_CARRY ->
          new VolatilityCarryAlpha(
              id, integer(all, SHORT_LOOK_BACK), integer(all, LONG_MULTIPLE), of(all, FULL_AT));
      case PROVIDED -> provided(id).create(all);
      case EXTERNAL -> throw new IllegalArgumentException(id + " has its signals from outside");
    };
  }

  /** As {@link #create}; one of others' code is made and asked on a thread of its own. */
  Alpha make(AlphaSpec spec) {
    Supplier<Alpha> making = () -> create(spec.alphaId(), spec.kind(), spec.params());
    return spec.kind() == AlphaKind.PROVIDED
        ? new HeldToDeadline(spec.alphaId(), making, deadline)
        : making.get();
  }

  private AlphaProvider provided(String id) {
    AlphaProvider provider = providers.get(id);
    if (provider == null) {
      throw new IllegalArgumentException(
          "no bean and no service of this process provides the alpha " + id);
    }
    return provider;
  }

  private static int integer(Map<String, Double> params, String name) {
    return (int) Math.rint(of(params, name));
  }

  private static double of(Map<String, Double> params, String name) {
    @Nullable Double value = params.get(name);
    if (value == null) {
      throw new IllegalArgumentException(name + " is missing");
    }
    return value;
  }

  /** Names of the parameters. */
  public static List<String> names(List<ParameterRange> ranges) {
    List<String> names = new ArrayList<>();
    ranges.forEach(range -> names.add(range.name()));
    return names;
  }
}
