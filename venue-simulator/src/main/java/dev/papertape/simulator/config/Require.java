package dev.papertape.simulator.config;

import java.math.BigDecimal;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Checks of configuration values; each names the value that is wrong. */
final class Require {

  private Require() {}

  static void that(boolean holds, String message, @Nullable Object... arguments) {
    if (!holds) {
      throw new IllegalArgumentException(String.format(Locale.ROOT, message, arguments));
    }
  }

  static void positive(@Nullable BigDecimal value, String name) {
    that(value != null && value.signum() > 0, "%s must be > 0, was %s", name, value);
  }

  static void finite(double value, String name) {
    that(Double.isFinite(value), "%s must be a finite number, was %s", name, value);
  }

  static void within(double value, double from, double to, String name) {
    that(value >= from && value <= to, "%s must be in [%s, %s], was %s", name, from, to, value);
  }
}
