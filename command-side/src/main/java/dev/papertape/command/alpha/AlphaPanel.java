package dev.papertape.command.alpha;

import dev.papertape.command.features.FeatureReader;
import dev.papertape.command.features.ReadFeatures;
import dev.papertape.contracts.alpha.AlphaEvent.AlphaBenched;
import dev.papertape.contracts.alpha.AlphaEvent.SignalReceived;
import dev.papertape.contracts.alpha.AlphaKind;
import dev.papertape.contracts.alpha.AlphaSpec;
import dev.papertape.contracts.alpha.FeatureWindow;
import dev.papertape.contracts.market.Symbol;
import dev.papertape.contracts.regime.Regime;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Asks every alpha for its opinion at each sample of a symbol's mid. One that throws, hangs or
 * gives what is no signal is benched with its reason, and the others are asked on. Owned by the
 * engine's thread; the same specs and samples give the same opinions (but for a hang, which is a
 * matter of the clock on the wall).
 */
public final class AlphaPanel {
  /** Prefix of the window that holds what an alpha wished before: its input, though no feature. */
  public static final String PREVIOUS_SIGNAL = "previousSignal";

  /** Window of the factor that the regime put on the alpha's wish. */
  static final String REGIME_SCALE = "regimeScale";

  /** Window of what came from outside. */
  static final String RECEIVED_SIGNAL = "receivedSignal";

  private final Duration interval;
  private final AlphaCatalogue catalogue;
  private final Consumer<AlphaBenched> bench;
  private final ReceivedSignals received = new ReceivedSignals();
  private final SortedMap<String, Seat> seats = new TreeMap<>();
  private final Map<Symbol, Watched> watched = new HashMap<>();
  private int longestLookBack = 1;

  /**
   * What one alpha says.
   *
   * @param spec it was asked under
   * @param value in [−1, 1], after the regime's factor
   * @param windows everything that it looked at, for the provenance of what follows
   */
  public record Opinion(AlphaSpec spec, double value, List<FeatureWindow> windows) {}

  /**
   * What all say of a symbol at one sample.
   *
   * @param mid the common mid that was sampled
   * @param opinions by alpha id, of those that have one
   */
  public record Sample(Symbol symbol, Instant feedTime, BigDecimal mid, List<Opinion> opinions) {
    public Sample {
      opinions = List.copyOf(opinions);
    }
  }

  /** One alpha's last wish for a symbol, as it gave it. */
  private record Wish(double value, Instant at) {}

  private static final class Watched {
    private final MidSeries mids;
    private final Map<String, Wish> wishes = new HashMap<>();

    private Watched(MidSeries mids) {
      this.mids = mids;
    }
  }

  /**
   * @param interval of feed time between two samples
   * @param bench told of each alpha that is benched, once
   */
  public AlphaPanel(Duration interval, AlphaCatalogue catalogue, Consumer<AlphaBenched> bench) {
    this.interval = interval;
    this.catalogue = catalogue;
    this.bench = bench;
  }

  /**
   * Asks exactly these from the next sample on. What was sampled stays, and so does the last wish
   * of an alpha that goes on; after a longer look-back it has no opinion until it has seen enough.
   */
  public void use(List<AlphaSpec> specs) {
    Map<String, Seat> before = Map.copyOf(seats);
    seats.clear();
    for (AlphaSpec spec : specs) {
      seats.put(spec.alphaId(), Seat.of(spec, before.get(spec.alphaId()), catalogue));
    }
    longestLookBack = seats.values().stream().mapToInt(Seat::lookBack).max().orElse(1);
    for (Watched each : watched.values()) {
      each.mids.keep(longestLookBack);
      each.wishes.keySet().removeIf(id -> !seats.containsKey(id) || !seats.get(id).isAsked());
    }
  }

  /** The specs that it works with, by alpha id. */
  public List<AlphaSpec> specs() {
    return seats.values().stream().map(Seat::spec).toList();
  }

  /** A signal came from outside, now or in an earlier life. */
  public void take(SignalReceived signal) {
    received.take(signal);
  }

  /** Time of the newest signal from outside, null before the first. */
  public @Nullable Instant newestReceived(String alphaId, Symbol symbol) {
    return received.newestAt(alphaId, symbol);
  }

  /**
   * Called at every tick with a mid; samples at the first of each interval.
   *
   * @param regime of the symbol, null while it is not known
   * @return null between two samples
   */
  public @Nullable Sample sample(
      Symbol symbol,
      Instant feedTime,
      BigDecimal mid,
      FeatureReader features,
      @Nullable Regime regime) {
    Watched state =
        watched.computeIfAbsent(symbol, _ -> new Watched(new MidSeries(longestLookBack, interval)));
    if (!state.mids.isDue(feedTime)) {
      return null;
    }
    state.mids.sample(feedTime, mid);
    List<Opinion> opinions = new ArrayList<>(seats.size());
    for (Seat seat : seats.values()) {
      if (seat.isAsked() && seat.spec().trades(symbol)) {
        Opinion opinion =
            seat.spec().kind() == AlphaKind.EXTERNAL
                ? received(seat.spec(), symbol, feedTime)
                : ask(seat, state, features, regime);
        if (opinion != null) {
          opinions.add(opinion);
        }
      }
    }
    return new Sample(symbol, feedTime, mid, opinions);
  }

  private @Nullable Opinion received(AlphaSpec spec, Symbol symbol, Instant feedTime) {
    SignalReceived signal = received.holding(spec.alphaId(), symbol, feedTime);
    return signal == null
        ? null
        : new Opinion(
            spec,
            signal.value(),
            List.of(window(RECEIVED_SIGNAL, spec, signal.at(), signal.value())));
  }

  private @Nullable Opinion ask(
      Seat seat, Watched state, FeatureReader features, @Nullable Regime regime) {
    AlphaSpec spec = seat.spec();
    Wish previous = state.wishes.get(spec.alphaId());
    ReadFeatures read = new ReadFeatures(seat.reading(features, state.mids.newestAt()));
    Seat.Answer answer =
        seat.ask(
            new AlphaMoment(state.mids, read, regime, previous == null ? 0 : previous.value()));
    return switch (answer) {
      case Seat.Answer.Silent _ -> null;
      case Seat.Answer.Failed(String reason, String detail) -> {
        bench.accept(new AlphaBenched(spec.alphaId(), reason, detail));
        yield null;
      }
      case Seat.Answer.Value(double wish) -> {
        Instant at = state.mids.newestAt();
        state.wishes.put(spec.alphaId(), new Wish(wish, at));
        double scale = RegimeScale.of(spec.kind(), regime);
        List<FeatureWindow> windows = new ArrayList<>();
        windows.add(state.mids.window(Math.min(seat.lookBack(), state.mids.size())));
        windows.addAll(read.windows());
        windows.add(
            previous == null
                ? new FeatureWindow(named(PREVIOUS_SIGNAL, spec), 1, List.of())
                : window(PREVIOUS_SIGNAL, spec, previous.at(), previous.value()));
        if (regime != null) {
          windows.add(window(REGIME_SCALE, spec, at, scale));
        }
        // Without the addition a silent −1 would be −0.0, which canonical JSON writes as 0.
        yield new Opinion(spec, wish * scale + 0.0, List.copyOf(windows));
      }
    };
  }

  private static FeatureWindow window(String name, AlphaSpec spec, Instant at, double value) {
    String text = BigDecimal.valueOf(value).toPlainString();
    return new FeatureWindow(named(name, spec), 1, List.of(new FeatureWindow.Point(at, text)));
  }

  private static String named(String name, AlphaSpec spec) {
    return name + ":" + spec.alphaId();
  }
}
