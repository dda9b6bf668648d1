package dev.papertape.standalone.contracts;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Compares a schema with the shape of a Java type, part by part. */
final class SchemaComparison {
  /** Members that are text to Java, and of which the schema says more. */
  private static final Set<String> NARROWER = Set.of("string");

  private final JsonNode document;
  private final List<String> found = new ArrayList<>();

  SchemaComparison(JsonNode document) {
    this.document = document;
  }

  List<String> compare(RecordShape shape, boolean nullable, JsonNode schema, String at) {
    JsonNode resolved =
        schema.has("$ref") ? document.at(schema.path("$ref").asText().substring(1)) : schema;
    compareResolved(shape, nullable, resolved, at.isEmpty() ? "the whole" : at);
    return found;
  }

  private void compareResolved(RecordShape shape, boolean nullable, JsonNode schema, String at) {
    Set<String> types = strings(schema.path("type"));
    if (!(shape instanceof RecordShape.Anything)) {
      expect(types.remove("null") == nullable, at + ": null is allowed in one of both only");
    }
    switch (shape) {
      case RecordShape.Anything _ -> {}
      case RecordShape.Simple(String type, String format) -> {
        expect(types.equals(Set.of(type)), at + " is " + type + ", not " + types);
        boolean free = format.isEmpty() && NARROWER.contains(type);
        expect(
            free || schema.path("format").asText().equals(format),
            at + " has the format '" + format + "'");
      }
      case RecordShape.Choice(Set<String> values) -> {
        Set<String> listed = strings(schema.path("enum"));
        listed.remove("null");
        expect(
            listed.equals(new TreeSet<>(values)), at + " is one of " + values + ", not " + listed);
      }
      case RecordShape.Members(var members) -> {
        expect(types.equals(Set.of("object")), at + " is an object, not " + types);
        Set<String> named = new TreeSet<>();
        schema.path("properties").fieldNames().forEachRemaining(named::add);
        expect(
            named.equals(new TreeSet<>(members.keySet())),
            at + " has the members " + new TreeSet<>(members.keySet()) + ", not " + named);
        expect(
            strings(schema.path("required")).equals(named), at + ": every member is always there");
        expect(
            schema.path("additionalProperties").isBoolean()
                && !schema.path("additionalProperties").asBoolean(),
            at + " has no other members");
        members.forEach(
            (name, member) ->
                compare(
                    member.shape(),
                    member.nullable(),
                    schema.path("properties").path(name),
                    at + "/" + name));
      }
      case RecordShape.Elements(RecordShape element) -> {
        expect(types.equals(Set.of("array")), at + " is an array, not " + types);
        if (schema.has("prefixItems")) {
          schema.path("prefixItems").forEach(item -> compare(element, false, item, at + "/*"));
        } else {
          compare(element, false, schema.path("items"), at + "/*");
        }
      }
      case RecordShape.Entries(RecordShape value) -> {
        expect(types.equals(Set.of("object")), at + " is an object, not " + types);
        compare(value, false, schema.path("additionalProperties"), at + "/*");
      }
    }
  }

  private void expect(boolean holds, String sentence) {
    if (!holds) {
      found.add(sentence);
    }
  }

  private static Set<String> strings(JsonNode node) {
    Set<String> strings = new TreeSet<>();
    if (node.isArray()) {
      node.forEach(each -> strings.add(each.asText()));
    } else if (node.isTextual()) {
      strings.add(node.asText());
    }
    return strings;
  }
}
