package dev.papertape.contracts.alpha;

import dev.papertape.contracts.market.Symbol;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One alpha as the engine works with it: the fold of its registry events.
 *
 * @param alphaId 1 to 64 characters of {@code [a-z0-9-]}; ids that begin with {@code _} are the
 *     engine's own
 * @param name for people
 * @param params by name; which ones there are and their bounds is the kind's matter
 * @param symbols that it trades, empty for all
 * @param features that it reads, by name; empty when it reads mids only
 * @param weight its own, in [0, 1], before the stage's share and what its record makes of it
 * @param populationId that trains its parameters, null without one
 */
public record AlphaSpec(
    String alphaId,
    String name,
    AlphaKind kind,
    SortedMap<String, Double> params,
    List<Symbol> symbols,
    List<String> features,
    double weight,
    AlphaStage stage,
    boolean paused,
    @Nullable String benchedReason,
    @Nullable String populationId) {
  /** The id of orders by people and programs: a sub-account, but no player of any coalition. */
  public static final String MANUAL = "_manual";

  public AlphaSpec {
    params = new TreeMap<>(params);
    symbols = List.copyOf(symbols);
    features = List.copyOf(features);
  }

  /** Whether it is asked for signals at all. */
  public boolean isAsked() {
    return !paused && benchedReason == null && stage != AlphaStage.RETIRED;
  }

  /** The weight with which it trades before its record is looked at; 0 while it is not asked. */
  public double tradedWeight() {
    return isAsked() ? weight * stage.share() : 0;
  }

  public boolean trades(Symbol symbol) {
    return symbols.isEmpty() || symbols.contains(symbol);
  }
}
