package dev.papertape.eventstore.contract;

import org.jspecify.annotations.Nullable;

/**
 * Text without lone surrogates (canonical JSON could not tell two of those apart) and without
 * control characters other than tab and line breaks (PostgreSQL keeps no U+0000 in text, and a
 * terminal obeys the others).
 */
final class Text {
  private Text() {}

  static @Nullable Refusal refusal(String text) {
    if (text.codePoints()
        .anyMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE)) {
      return new Refusal("LONE_SURROGATE", "must be valid Unicode text");
    }
    if (text.chars().anyMatch(Text::isForbiddenControl)) {
      return new Refusal("CONTROL_CHARACTER", "must have no control characters");
    }
    return null;
  }

  private static boolean isForbiddenControl(int c) {
    return Character.isISOControl(c) && c != '\t' && c != '\n' && c != '\r';
  }
}
