package dev.papertape.eventstore.web;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a JSON object must look like and what it becomes: its members, rules across members, and the
 * function that makes the result. Immutable; also a {@link JsonRule}, so objects nest.
 *
 * @param <T> what a valid object becomes
 */
public final class BodyContract<T> implements JsonRule<T> {
  private final Map<String, Field<?>> fields = new LinkedHashMap<>();
  private final List<CrossRule> crossRules;
  private final Function<Parsed, T> result;

  private BodyContract(
      Iterable<Field<?>> fields, List<CrossRule> crossRules, Function<Parsed, T> result) {
    fields.forEach(field -> this.fields.put(field.name(), field));
    this.crossRules = List.copyOf(crossRules);
    this.result = result;
  }

  /** {@code result} is called with valid objects only. */
  public static <T> BodyContract<T> of(Function<Parsed, T> result, Field<?>... fields) {
    return new BodyContract<>(List.of(fields), List.of(), result);
  }

  /** A rule over several members; it runs always and must look at members by {@code find}. */
  public BodyContract<T> with(CrossRule rule) {
    List<CrossRule> rules = new ArrayList<>(crossRules);
    rules.add(rule);
    return new BodyContract<>(fields.values(), rules, result);
  }

  /** A rule over several members; {@code pointer} is the object's own. */
  @FunctionalInterface
  public interface CrossRule {
    void check(Parsed parsed, String pointer, Violations violations);
  }

  @Override
  public @Nullable T read(JsonParser parser, String pointer, Violations violations)
      throws IOException {
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      return JsonRules.wrongType(parser, pointer, violations, "a JSON object");
    }
    int before = violations.count();
    Parsed parsed = readMembers(parser, pointer, violations);
    crossRules.forEach(rule -> rule.check(parsed, pointer, violations));
    return violations.count() == before ? result.apply(parsed) : null;
  }

  private Parsed readMembers(JsonParser parser, String pointer, Violations violations)
      throws IOException {
    Parsed parsed = new Parsed();
    Set<String> seen = new HashSet<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      String at = pointer + "/" + Violation.escape(name);
      parser.nextToken();
      if (!seen.add(name)) {
        violations.addMalformed(at, "DUPLICATE_KEY", "is given more than once", null);
        parser.skipChildren();
        continue;
      }
      Field<?> field = fields.get(name);
      if (field == null) {
        String known = String.join(", ", fields.keySet());
        violations.add(at, "UNKNOWN_FIELD", "is not known; known are " + known, null);
        parser.skipChildren();
      } else if (parser.currentToken() == JsonToken.VALUE_NULL && !field.isRequired()) {
        continue;
      } else {
        readValue(field, parser, at, parsed, violations);
      }
    }
    for (Field<?> field : fields.values()) {
      if (field.isRequired() && !seen.contains(field.name())) {
        violations.add(pointer + "/" + field.name(), "MISSING", "is required", null);
      }
    }
    return parsed;
  }

  private static void readValue(
      Field<?> field, JsonParser parser, String at, Parsed parsed, Violations violations)
      throws IOException {
    parsed.given(field);
    Object value = field.rule().read(parser, at, violations);
    if (value != null) {
      parsed.put(field, value);
    }
  }
}
