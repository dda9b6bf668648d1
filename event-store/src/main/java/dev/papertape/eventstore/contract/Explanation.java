package dev.papertape.eventstore.contract;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.Error;
import com.networknt.schema.path.NodePath;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Says in this program's words and codes what the validator found. */
final class Explanation {
  /** What is said of a value that is wrong in several ways; others come after these. */
  private static final List<String> FIRST =
      List.of("type", "enum", "const", "minLength", "maxLength", "format", "pattern");

  private final Error error;
  private final JsonNode keyword;
  private final JsonNode schema;

  private Explanation(Error error, JsonNode document) {
    this.error = error;
    JsonPointer at = JsonPointer.compile(pointer(error.getSchemaLocation().getFragment()));
    this.keyword = document.at(at);
    this.schema = document.at(at.head() == null ? JsonPointer.empty() : at.head());
  }

  static List<Breach> of(Collection<Error> errors, JsonNode document) {
    if (errors.isEmpty()) {
      return List.of();
    }
    List<Error> ordered = new ArrayList<>(errors);
    ordered.sort((a, b) -> Integer.compare(rank(a), rank(b)));
    Map<String, Breach> breaches = new LinkedHashMap<>();
    for (Error error : ordered) {
      Breach breach = new Explanation(error, document).breach();
      breaches.putIfAbsent(breach.pointer(), breach);
    }
    return List.copyOf(breaches.values());
  }

  private static int rank(Error error) {
    int rank = FIRST.indexOf(error.getKeyword());
    return rank < 0 ? FIRST.size() : rank;
  }

  private Breach breach() {
    return switch (error.getKeyword()) {
      case "required", "dependentRequired" -> missing();
      case "additionalProperties", "unevaluatedProperties" -> unknown();
      case "type" -> value("WRONG_TYPE", "must be " + types());
      case "enum" -> value("UNKNOWN_VALUE", "must be one of " + known(keyword));
      case "const" -> value("UNKNOWN_VALUE", "must be " + keyword.asText());
      case "minLength", "maxLength" ->
          value(
              "LENGTH",
              "must have %s characters, has %d"
                  .formatted(
                      bounds("minLength", "maxLength"), text().codePointCount(0, text().length())));
      case "pattern" -> value("PATTERN", "must " + shape());
      case "format" -> format();
      case "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum" ->
          value("OUT_OF_RANGE", "must be " + range());
      case "maxItems" -> value("TOO_MANY", "must have at most " + keyword.asText() + " elements");
      case "minItems" -> value("TOO_FEW", "must have at least " + keyword.asText() + " elements");
      default -> value(upperSnake(error.getKeyword()), error.getMessage());
    };
  }

  private Breach value(String code, String message) {
    return new Breach(here(), code, message + because(), error.getInstanceNode());
  }

  private Breach missing() {
    return new Breach(below(), Breach.MISSING, "is required" + because(), null);
  }

  private Breach unknown() {
    List<String> known = new ArrayList<>();
    schema.path("properties").fieldNames().forEachRemaining(known::add);
    String message =
        known.isEmpty()
            ? "is not known; there is nothing to give here"
            : "is not known; known are " + String.join(", ", known);
    return new Breach(below(), Breach.UNKNOWN_FIELD, message, null);
  }

  private Breach format() {
    Refusal refusal =
        ValueFormat.named(keyword.asText())
            .map(format -> format.refusal(error.getInstanceNode()))
            .orElse(new Refusal("PATTERN", "must " + shape()));
    return value(refusal.code(), refusal.message());
  }

  private String shape() {
    JsonNode inWords = schema.path(Schemas.MUST_BE);
    return inWords.isTextual() ? "be " + inWords.asText() : "match " + keyword.asText();
  }

  private String because() {
    JsonNode because = schema.path(Schemas.BECAUSE);
    return because.isTextual() ? " " + because.asText() : "";
  }

  private String types() {
    List<String> types = new ArrayList<>();
    (keyword.isArray() ? keyword : List.of(keyword))
        .forEach(type -> types.add(inWords(type.asText())));
    types.remove(inWords("null"));
    return types.isEmpty() ? inWords("null") : String.join(" or ", types);
  }

  private static String inWords(String type) {
    return switch (type) {
      case "object" -> "a JSON object";
      case "array" -> "an array";
      case "integer" -> "an integer";
      case "boolean" -> "true or false";
      case "null" -> "null";
      default -> "a " + type;
    };
  }

  private static String known(JsonNode values) {
    List<String> known = new ArrayList<>();
    values.forEach(
        value -> {
          if (!value.isNull()) {
            known.add(value.asText());
          }
        });
    return String.join(", ", known);
  }

  private String bounds(String least, String most) {
    if (!schema.has(least)) {
      return "at most " + schema.path(most).asText();
    }
    return schema.has(most)
        ? schema.path(least).asText() + " to " + schema.path(most).asText()
        : "at least " + schema.path(least).asText();
  }

  private String range() {
    if (schema.has("minimum") && schema.has("maximum")) {
      return "from " + schema.path("minimum").asText() + " to " + schema.path("maximum").asText();
    }
    return switch (error.getKeyword()) {
          case "minimum" -> "at least ";
          case "maximum" -> "at most ";
          case "exclusiveMinimum" -> "greater than ";
          default -> "less than ";
        }
        + keyword.asText();
  }

  private String text() {
    String text = error.getInstanceNode().textValue();
    return text == null ? "" : text;
  }

  private String here() {
    return pointer(error.getInstanceLocation());
  }

  /** The member that the error names, whether it is there or not. */
  private String below() {
    String name = error.getProperty() == null ? "" : error.getProperty();
    return here() + "/" + name.replace("~", "~0").replace("/", "~1");
  }

  /** The library escapes neither {@code ~} nor {@code /} in the names of a path. */
  private static String pointer(@Nullable NodePath path) {
    StringBuilder pointer = new StringBuilder();
    for (int i = 0; path != null && i < path.getNameCount(); i++) {
      pointer
          .append('/')
          .append(String.valueOf(path.getElement(i)).replace("~", "~0").replace("/", "~1"));
    }
    return pointer.toString();
  }

  private static String upperSnake(String keyword) {
    return keyword.replaceAll("([A-Z])", "_$1").toUpperCase(Locale.ROOT);
  }
}
