package dev.papertape.eventstore.json;

/** Strings that cannot be written as UTF-8 would otherwise all become the same "?". */
final class Surrogates {
  private Surrogates() {}

  static boolean arePaired(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isSurrogate(c)) {
        if (Character.isLowSurrogate(c)
            || i + 1 == text.length()
            || !Character.isLowSurrogate(text.charAt(i + 1))) {
          return false;
        }
        i++;
      }
    }
    return true;
  }
}
