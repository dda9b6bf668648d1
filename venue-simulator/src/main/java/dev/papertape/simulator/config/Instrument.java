package dev.papertape.simulator.config;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * One instrument of the common market.
 *
 * @param symbol {@code BASE-QUOTE}, upper case
 * @param initialPrice fair price where the history begins, in quote currency, {@code > 0}
 * @param beta loading on the common market factor; {@code 1} moves one for one with it
 * @param idiosyncraticBps own volatility beside the factor, basis points per square root second
 */
public record Instrument(
    String symbol, BigDecimal initialPrice, double beta, double idiosyncraticBps) {

  private static final Pattern SYMBOL = Pattern.compile("[A-Z0-9]{2,10}-[A-Z0-9]{2,10}");

  public Instrument {
    Require.that(
        symbol != null && SYMBOL.matcher(symbol).matches(),
        "instrument symbol must be BASE-QUOTE in upper case, was %s",
        symbol);
    Require.positive(initialPrice, "initialPrice of " + symbol);
    Require.finite(beta, "beta of " + symbol);
    Require.within(idiosyncraticBps, 0, 100, "idiosyncraticBps of " + symbol);
  }

  public String base() {
    return symbol.substring(0, symbol.indexOf('-'));
  }

  public String quote() {
    return symbol.substring(symbol.indexOf('-') + 1);
  }

  /** As Binance writes it in REST parameters and bodies: {@code BTCUSDT}. */
  public String wireSymbol() {
    return base() + quote();
  }

  /** As Binance writes it in stream names: {@code btcusdt}. */
  public String streamSymbol() {
    return wireSymbol().toLowerCase(Locale.ROOT);
  }
}
