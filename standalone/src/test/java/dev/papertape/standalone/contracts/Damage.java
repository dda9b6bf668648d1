package dev.papertape.standalone.contracts;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * One thing done to a good value that its schema forbids, worked out from the schema: a required
 * member left out, a value of a type that is not listed, a member that is not known.
 *
 * @param pointer where it is to be noticed
 * @param code as what
 */
record Damage(String pointer, String code, JsonNode damaged) {
  private static final String STRANGER = "noSuchMember";

  /** Every one that the schema forbids without doubt. */
  static List<Damage> all(JsonNode schema, JsonNode good) {
    List<Damage> all = new ArrayList<>();
    new Walk(schema, good, all).at(schema, good, "");
    return all;
  }

  @Override
  public String toString() {
    return code + " at '" + pointer + "'";
  }

  private record Walk(JsonNode document, JsonNode good, List<Damage> all) {
    void at(JsonNode part, JsonNode value, String pointer) {
      JsonNode schema =
          part.has("$ref")
              ? document.at(JsonPointer.compile(part.path("$ref").asText().substring(1)))
              : part;
      if (schema.has("type")) {
        all.add(new Damage(pointer, "WRONG_TYPE", with(pointer, otherThan(types(schema)))));
      }
      if (value.isObject()) {
        members(schema, value, pointer);
      } else if (value.isArray()) {
        elements(schema, value, pointer);
      }
    }

    private void members(JsonNode schema, JsonNode value, String pointer) {
      schema
          .path("required")
          .forEach(
              name ->
                  all.add(
                      new Damage(
                          pointer + "/" + name.asText(),
                          "MISSING",
                          without(pointer, name.asText()))));
      if (schema.path("additionalProperties").isBoolean()
          && !schema.path("additionalProperties").asBoolean()) {
        all.add(
            new Damage(
                pointer + "/" + STRANGER,
                "UNKNOWN_FIELD",
                with(pointer + "/" + STRANGER, JsonNodeFactory.instance.nullNode())));
      }
      value
          .properties()
          .forEach(
              member -> {
                JsonNode known = schema.path("properties").path(member.getKey());
                JsonNode entry =
                    known.isMissingNode() ? schema.path("additionalProperties") : known;
                if (entry.isObject()) {
                  at(entry, member.getValue(), pointer + "/" + member.getKey());
                }
              });
    }

    private void elements(JsonNode schema, JsonNode value, String pointer) {
      for (int i = 0; i < value.size(); i++) {
        JsonNode element =
            i < schema.path("prefixItems").size()
                ? schema.path("prefixItems").path(i)
                : schema.path("items");
        if (element.isObject()) {
          at(element, value.get(i), pointer + "/" + i);
        }
      }
    }

    private JsonNode with(String pointer, JsonNode other) {
      if (pointer.isEmpty()) {
        return other;
      }
      JsonNode copy = good.deepCopy();
      int slash = pointer.lastIndexOf('/');
      JsonNode parent = copy.at(JsonPointer.compile(pointer.substring(0, slash)));
      String name = pointer.substring(slash + 1);
      if (parent instanceof ObjectNode object) {
        object.set(name, other);
      } else {
        ((ArrayNode) parent).set(Integer.parseInt(name), other);
      }
      return copy;
    }

    private JsonNode without(String pointer, String name) {
      JsonNode copy = good.deepCopy();
      ((ObjectNode) copy.at(JsonPointer.compile(pointer))).remove(name);
      return copy;
    }

    private static Set<String> types(JsonNode schema) {
      Set<String> types = new HashSet<>();
      if (schema.path("type").isArray()) {
        schema.path("type").forEach(type -> types.add(type.asText()));
      } else {
        types.add(schema.path("type").asText());
      }
      return types;
    }

    private static JsonNode otherThan(Set<String> types) {
      JsonNodeFactory nodes = JsonNodeFactory.instance;
      if (!types.contains("boolean")) {
        return nodes.booleanNode(true);
      }
      return types.contains("object") ? nodes.textNode("text") : nodes.objectNode();
    }
  }
}
