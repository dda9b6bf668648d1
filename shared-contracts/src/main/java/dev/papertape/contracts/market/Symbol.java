package dev.papertape.contracts.market;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;

/**
 * An instrument's name: {@code BASE-QUOTE} for spot, {@code BASE-QUOTE-PERP} or {@code
 * BASE-QUOTE-YYMMDD} for derivatives. Two different symbols are different instruments: never
 * candidates of one order, never parts of one common mid.
 *
 * @param value for example {@code BTC-USDT}, {@code BTC-USDT-PERP}
 */
public record Symbol(@JsonValue String value) implements Comparable<Symbol> {
  private static final Pattern SHAPE =
      Pattern.compile("[A-Z0-9]{1,20}-[A-Z0-9]{1,20}(-(PERP|[0-9]{6}))?");

  @JsonCreator
  public Symbol {
    if (!SHAPE.matcher(value).matches()) {
      throw new IllegalArgumentException("not a symbol: " + value);
    }
  }

  /** The asset that is bought and sold. */
  public String base() {
    return value.substring(0, value.indexOf('-'));
  }

  /** The asset that prices are in. */
  public String quote() {
    int start = value.indexOf('-') + 1;
    int end = value.indexOf('-', start);
    return end < 0 ? value.substring(start) : value.substring(start, end);
  }

  public boolean isDerivative() {
    return value.indexOf('-') != value.lastIndexOf('-');
  }

  @Override
  public int compareTo(Symbol other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
