package dev.papertape.eventstore.web;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Rules for the values that bodies are made of; decimals stand in {@link DecimalRules}. */
public final class JsonRules {
  private JsonRules() {}

  /**
   * A string of {@code shortest} to {@code longest} UTF-16 code units without lone surrogates
   * (canonical JSON could not tell two of those apart) and without control characters other than
   * tab and line breaks (PostgreSQL keeps no U+0000 in text, and a terminal obeys the others).
   */
  public static JsonRule<String> text(int shortest, int longest) {
    return (parser, pointer, violations) -> {
      if (parser.currentToken() != JsonToken.VALUE_STRING) {
        return wrongType(parser, pointer, violations, "a string");
      }
      String text = parser.getText();
      if (text.length() < shortest || text.length() > longest) {
        violations.add(
            pointer,
            "LENGTH",
            "must have " + shortest + " to " + longest + " characters, has " + text.length(),
            text);
        return null;
      }
      if (hasLoneSurrogate(text)) {
        violations.add(pointer, "LONE_SURROGATE", "must be valid Unicode text", null);
        return null;
      }
      if (text.chars().anyMatch(JsonRules::isForbiddenControl)) {
        violations.add(pointer, "CONTROL_CHARACTER", "must have no control characters", null);
        return null;
      }
      return text;
    };
  }

  /** A string that a pattern matches as a whole; {@code inWords} completes "must be …". */
  public static JsonRule<String> text(Pattern pattern, String inWords, int longest) {
    return text(0, longest)
        .and(
            (text, pointer, violations) -> {
              boolean matches = pattern.matcher(text).matches();
              if (!matches) {
                violations.add(pointer, "PATTERN", "must be " + inWords, text);
              }
              return matches;
            });
  }

  /** One of an enum's constants by its name; the message lists them. */
  public static <E extends Enum<E>> JsonRule<E> oneOf(Class<E> type) {
    return (parser, pointer, violations) -> {
      if (parser.currentToken() != JsonToken.VALUE_STRING) {
        return wrongType(parser, pointer, violations, "a string");
      }
      String text = parser.getText();
      for (E constant : type.getEnumConstants()) {
        if (constant.name().equals(text)) {
          return constant;
        }
      }
      String known =
          String.join(", ", Arrays.stream(type.getEnumConstants()).map(Enum::name).toList());
      violations.add(pointer, "UNKNOWN_VALUE", "must be one of " + known, text);
      return null;
    };
  }

  /** An integer from {@code min} to {@code max}, both included; {@code 3.0} is not one. */
  public static JsonRule<Long> integer(long min, long max) {
    return (parser, pointer, violations) -> {
      if (parser.currentToken() != JsonToken.VALUE_NUMBER_INT) {
        return wrongType(parser, pointer, violations, "an integer");
      }
      boolean isLong = parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER;
      if (isLong && parser.getLongValue() >= min && parser.getLongValue() <= max) {
        return parser.getLongValue();
      }
      violations.add(
          pointer, "OUT_OF_RANGE", "must be from " + min + " to " + max, parser.getText());
      return null;
    };
  }

  /** A ratio, bps or other statistic from {@code min} to {@code max}, both included. */
  public static JsonRule<Double> number(double min, double max) {
    return (parser, pointer, violations) -> {
      if (isNonFinite(parser, pointer, violations)) {
        return null;
      }
      if (!parser.currentToken().isNumeric()) {
        return wrongType(parser, pointer, violations, "a number");
      }
      double value = parser.getDoubleValue();
      if (value >= min && value <= max) {
        return value;
      }
      violations.add(
          pointer, "OUT_OF_RANGE", "must be from " + min + " to " + max, parser.getText());
      return null;
    };
  }

  public static JsonRule<Boolean> bool() {
    return (parser, pointer, violations) ->
        parser.currentToken().isBoolean()
            ? Boolean.valueOf(parser.getBooleanValue())
            : wrongType(parser, pointer, violations, "true or false");
  }

  /** An array of at most {@code most} elements, each read by {@code element}. */
  public static <T> JsonRule<List<T>> listOf(JsonRule<T> element, int most) {
    return (parser, pointer, violations) -> {
      if (parser.currentToken() != JsonToken.START_ARRAY) {
        return wrongType(parser, pointer, violations, "an array");
      }
      List<T> elements = new ArrayList<>();
      boolean complete = true;
      int index = 0;
      for (; parser.nextToken() != JsonToken.END_ARRAY; index++) {
        T value = element.read(parser, pointer + "/" + index, violations);
        complete &= value != null;
        if (value != null) {
          elements.add(value);
        }
      }
      if (index > most) {
        violations.add(pointer, "TOO_MANY", "must have at most " + most + " elements", null);
        return null;
      }
      return complete ? List.copyOf(elements) : null;
    };
  }

  /** Complains, steps over the value, and gives null. */
  static <T> @Nullable T wrongType(
      JsonParser parser, String pointer, Violations violations, String wanted) throws IOException {
    if (isNonFinite(parser, pointer, violations)) {
      return null;
    }
    JsonToken token = parser.currentToken();
    boolean scalar = token.isScalarValue() && token != JsonToken.VALUE_NULL;
    violations.add(
        pointer, "WRONG_TYPE", "must be " + wanted, scalar ? parser.getText() : token.asString());
    parser.skipChildren();
    return null;
  }

  /** NaN and the infinities are read, so that they can be named, but they are not JSON. */
  static boolean isNonFinite(JsonParser parser, String pointer, Violations violations)
      throws IOException {
    if (parser.currentToken() != JsonToken.VALUE_NUMBER_FLOAT || !parser.isNaN()) {
      return false;
    }
    violations.addMalformed(
        pointer, "NOT_FINITE", "JSON has no NaN and no Infinity", parser.getText());
    return true;
  }

  private static boolean isForbiddenControl(int c) {
    return Character.isISOControl(c) && c != '\t' && c != '\n' && c != '\r';
  }

  private static boolean hasLoneSurrogate(String text) {
    return text.codePoints()
        .anyMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
  }
}
