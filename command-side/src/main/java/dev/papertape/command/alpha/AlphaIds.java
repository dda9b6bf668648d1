package dev.papertape.command.alpha;

import java.util.regex.Pattern;

/** What ids of alphas look like; the schemas of the routes say the same. */
public final class AlphaIds {
  private static final Pattern ID = Pattern.compile("[a-z0-9][a-z0-9-]{0,63}");

  private AlphaIds() {}

  public static boolean isValid(String id) {
    return ID.matcher(id).matches();
  }
}
