package dev.papertape.standalone.contracts;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.JsonNode;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What the JSON of a Java type looks like, told from the type alone. */
sealed interface RecordShape {
  /** A JSON value of one of JSON Schema's simple types; {@code format} of a string, or empty. */
  record Simple(String type, String format) implements RecordShape {}

  /** A string that is one of these. */
  record Choice(Set<String> values) implements RecordShape {}

  record Members(Map<String, Member> members) implements RecordShape {}

  record Elements(RecordShape element) implements RecordShape {}

  record Entries(RecordShape value) implements RecordShape {}

  /** Nothing is promised of it here. */
  record Anything() implements RecordShape {}

  record Member(RecordShape shape, boolean nullable) {}

  static RecordShape of(Type type) {
    if (type instanceof ParameterizedType generic) {
      Class<?> raw = (Class<?>) generic.getRawType();
      Type[] of = generic.getActualTypeArguments();
      if (Map.class.isAssignableFrom(raw)) {
        return new Entries(of(of[1]));
      }
      if (Iterable.class.isAssignableFrom(raw)) {
        return new Elements(of(of[0]));
      }
      throw new IllegalArgumentException("no shape for " + type);
    }
    Class<?> plain = (Class<?>) type;
    if (plain.isEnum()) {
      return new Choice(
          Arrays.stream(plain.getEnumConstants())
              .map(RecordShape::text)
              .collect(Collectors.toSet()));
    }
    if (plain.isRecord()) {
      return jsonValue(plain)
          .map(value -> of(value.getGenericReturnType()))
          .orElseGet(() -> members(plain));
    }
    if (JsonNode.class.isAssignableFrom(plain)) {
      return new Anything();
    }
    return switch (plain.getName()) {
      case "java.lang.String" -> new Simple("string", "");
      case "boolean", "java.lang.Boolean" -> new Simple("boolean", "");
      case "int", "long", "java.lang.Integer", "java.lang.Long" -> new Simple("integer", "");
      case "double", "java.lang.Double" -> new Simple("number", "");
      default -> {
        if (plain == BigDecimal.class) {
          yield new Simple("string", "decimal");
        }
        if (plain == Instant.class) {
          yield new Simple("string", "date-time");
        }
        throw new IllegalArgumentException("no shape for " + type);
      }
    };
  }

  /** The members of a record, those of an unwrapped one in its place. */
  static Members members(Class<?> type) {
    Map<String, Member> members = new LinkedHashMap<>();
    for (RecordComponent component : type.getRecordComponents()) {
      if (component.getAccessor().isAnnotationPresent(JsonUnwrapped.class)
          || component.isAnnotationPresent(JsonUnwrapped.class)
          || hasUnwrappedField(type, component)) {
        members.putAll(members(component.getType()).members());
      } else {
        JsonProperty written = component.getAccessor().getAnnotation(JsonProperty.class);
        members.put(
            written == null ? component.getName() : written.value(),
            new Member(of(component.getGenericType()), isNullable(component)));
      }
    }
    return new Members(members);
  }

  static boolean hasUnwrappedField(Class<?> type, RecordComponent component) {
    try {
      return type.getDeclaredField(component.getName()).isAnnotationPresent(JsonUnwrapped.class);
    } catch (NoSuchFieldException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  static boolean isNullable(RecordComponent component) {
    AnnotatedType annotated = component.getAnnotatedType();
    return annotated.isAnnotationPresent(Nullable.class)
        || (annotated instanceof AnnotatedParameterizedType generic
            && generic.isAnnotationPresent(Nullable.class));
  }

  static Optional<Method> jsonValue(Class<?> type) {
    for (RecordComponent component : type.getRecordComponents()) {
      if (component.getAccessor().isAnnotationPresent(JsonValue.class)) {
        return Optional.of(component.getAccessor());
      }
    }
    return Optional.empty();
  }

  private static String text(Object constant) {
    for (Method method : constant.getClass().getDeclaredMethods()) {
      if (method.isAnnotationPresent(JsonValue.class)) {
        try {
          return String.valueOf(method.invoke(constant));
        } catch (ReflectiveOperationException hidden) {
          throw new IllegalStateException(hidden);
        }
      }
    }
    return ((Enum<?>) constant).name();
  }

  /** Where the schema and the shape differ, as sentences; empty when they say the same. */
  static List<String> differences(RecordShape shape, JsonNode schema, JsonNode document) {
    return new SchemaComparison(document).compare(shape, false, schema, "");
  }

  /** The same with {@code asOf} and {@code position} beside the members. */
  static RecordShape positioned(RecordShape shape) {
    Map<String, Member> members = new TreeMap<>(((Members) shape).members());
    members.put("asOf", new Member(of(Instant.class), false));
    members.put("position", new Member(of(long.class), false));
    return new Members(members);
  }
}
