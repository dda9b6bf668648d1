package dev.papertape.command.market.wire;

import dev.papertape.contracts.market.Symbol;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Names of spot pairs that the wire writes as base, separator, quote: {@code XBT/USD}. */
public final class PairNames implements SymbolNames {
  private static final int MOST_NAMES = 10_000;

  private final char separator;
  private final Map<String, String> assets;
  private final Map<String, Symbol> known = new HashMap<>();

  /**
   * @param assets the wire's names of assets that differ from the usual ones, and those
   */
  public PairNames(char separator, Map<String, String> assets) {
    this.separator = separator;
    this.assets = assets;
  }

  @Override
  public @Nullable Symbol symbol(String wire) {
    Symbol symbol = known.get(wire);
    if (symbol == null) {
      symbol = split(wire);
      if (symbol != null && known.size() < MOST_NAMES) {
        known.put(wire, symbol);
      }
    }
    return symbol;
  }

  @Override
  public String wire(Symbol symbol) {
    return known.entrySet().stream()
        .filter(entry -> entry.getValue().equals(symbol))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElseGet(() -> wireAsset(symbol.base()) + separator + wireAsset(symbol.quote()));
  }

  private @Nullable Symbol split(String wire) {
    String[] parts = wire.toUpperCase(Locale.ROOT).split(Pattern.quote("" + separator), -1);
    if (parts.length != 2) {
      return null;
    }
    try {
      return new Symbol(
          assets.getOrDefault(parts[0], parts[0]) + "-" + assets.getOrDefault(parts[1], parts[1]));
    } catch (IllegalArgumentException notAPair) {
      return null;
    }
  }

  private String wireAsset(String asset) {
    return assets.entrySet().stream()
        .filter(entry -> entry.getValue().equals(asset))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse(asset);
  }
}
