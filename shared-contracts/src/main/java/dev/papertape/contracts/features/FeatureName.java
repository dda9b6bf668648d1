package dev.papertape.contracts.features;

import java.util.regex.Pattern;

/** The shape of a feature's name: a letter, then letters and digits, 64 characters at most. */
public final class FeatureName {
  public static final Pattern SHAPE = Pattern.compile("[a-z][A-Za-z0-9]{0,63}");

  private FeatureName() {}

  public static boolean isValid(String name) {
    return SHAPE.matcher(name).matches();
  }
}
