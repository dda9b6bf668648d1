package dev.papertape.command.market.binance;

import dev.papertape.command.market.wire.SymbolNames;
import dev.papertape.contracts.market.Symbol;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Papertape's name for a wire symbol: {@code BTCUSDT} is {@code BTC-USDT} on spot and {@code
 * BTC-USDT-PERP} on futures, {@code ETHUSD_PERP} is {@code ETH-USD-PERP}, {@code BTCUSD_240927} is
 * {@code BTC-USD-240927}. Where the venue has not said what base and quote are, the name is split
 * at a known quote asset.
 */
public final class WireSymbols implements SymbolNames {
  /** Longer before shorter where one ends like the other. */
  private static final List<String> QUOTES =
      List.of(
          "FDUSD", "USDT", "USDC", "BUSD", "TUSD", "USDP", "USDS", "BIDR", "BKRW", "IDRT", "BVND",
          "AEUR", "DOGE", "BTC", "ETH", "BNB", "XRP", "TRX", "DAI", "PAX", "VAI", "EUR", "GBP",
          "AUD", "TRY", "RUB", "UAH", "NGN", "ZAR", "BRL", "JPY", "MXN", "ARS", "PLN", "RON", "CZK",
          "COP", "USD");

  private static final Pattern SHAPE = Pattern.compile("([A-Z0-9]{2,40})(?:_(PERP|[0-9]{6}))?");

  private final boolean derivatives;
  private final Map<String, Symbol> known = new HashMap<>();

  /**
   * @param derivatives whether the venue lists futures
   */
  public WireSymbols(boolean derivatives) {
    this.derivatives = derivatives;
  }

  /** The venue said so. */
  public void learn(String wire, Symbol symbol) {
    known.put(wire, symbol);
  }

  /** Null if the name cannot be split. */
  @Override
  public @Nullable Symbol symbol(String wire) {
    Symbol symbol = known.get(wire);
    if (symbol == null) {
      symbol = split(wire.toUpperCase(Locale.ROOT));
      if (symbol != null && known.size() < 10_000) {
        known.put(wire, symbol);
      }
    }
    return symbol;
  }

  /** The name that {@link #symbol} was asked for or taught, or the usual one of such a symbol. */
  @Override
  public String wire(Symbol symbol) {
    return known.entrySet().stream()
        .filter(entry -> entry.getValue().equals(symbol))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElseGet(() -> symbol.base() + symbol.quote());
  }

  private @Nullable Symbol split(String wire) {
    Matcher shape = SHAPE.matcher(wire);
    if (!shape.matches()) {
      return null;
    }
    String pair = shape.group(1);
    String expiry = shape.group(2);
    String suffix = expiry != null ? "-" + expiry : derivatives ? "-PERP" : "";
    for (String quote : QUOTES) {
      int baseLength = pair.length() - quote.length();
      if (baseLength > 0 && baseLength <= 20 && pair.endsWith(quote)) {
        return new Symbol(pair.substring(0, baseLength) + "-" + quote + suffix);
      }
    }
    return null;
  }
}
