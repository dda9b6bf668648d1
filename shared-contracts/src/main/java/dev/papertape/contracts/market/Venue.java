package dev.papertape.contracts.market;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;

/**
 * A trading venue's name, upper case, for example {@code BINANCE}, {@code BINANCE_USDM}.
 *
 * @param name 1 to 32 characters of {@code A-Z 0-9 _}
 */
public record Venue(@JsonValue String name) implements Comparable<Venue> {
  private static final Pattern SHAPE = Pattern.compile("[A-Z][A-Z0-9_]{0,31}");

  @JsonCreator
  public Venue {
    if (!SHAPE.matcher(name).matches()) {
      throw new IllegalArgumentException("not a venue name: " + name);
    }
  }

  @Override
  public int compareTo(Venue other) {
    return name.compareTo(other.name);
  }

  @Override
  public String toString() {
    return name;
  }
}
