package dev.papertape.standalone.tour;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;

/**
 * A reply as far as a reader wants to see it: of each list its first, of long words their begin.
 */
final class Shortened {
  private static final int LONGEST_TEXT = 96;
  private static final int MOST_LINES = 60;
  private static final ObjectMapper JSON = new ObjectMapper();

  private Shortened() {}

  /** Pretty text of the JSON. */
  static String of(JsonNode reply) {
    return firstLines(shorten(reply).toPrettyString(), MOST_LINES);
  }

  /** The first lines of a text that is not JSON. */
  static String firstLines(String text, int most) {
    String[] lines = text.split("\n", -1);
    if (lines.length <= most) {
      return text.stripTrailing();
    }
    StringBuilder cut = new StringBuilder();
    for (int line = 0; line < most; line++) {
      cut.append(lines[line]).append('\n');
    }
    return cut.append("… ").append(lines.length - most).append(" more lines").toString();
  }

  /** Null where the text is no JSON. */
  static JsonNode read(String text) {
    try {
      return JSON.readTree(text);
    } catch (java.io.IOException notJson) {
      return JsonNodeFactory.instance.missingNode();
    }
  }

  private static JsonNode shorten(JsonNode node) {
    return switch (node) {
      case ObjectNode object -> {
        ObjectNode shorter = JsonNodeFactory.instance.objectNode();
        object
            .fields()
            .forEachRemaining(each -> shorter.set(each.getKey(), shorten(each.getValue())));
        yield shorter;
      }
      case ArrayNode array when array.size() > 1 && !isPair(array) -> {
        ArrayNode shorter = JsonNodeFactory.instance.arrayNode();
        shorter.add(shorten(array.get(0)));
        shorter.add("… " + (array.size() - 1) + " more");
        yield shorter;
      }
      case ArrayNode array -> {
        ArrayNode same = JsonNodeFactory.instance.arrayNode();
        array.forEach(each -> same.add(shorten(each)));
        yield same;
      }
      case TextNode text when text.textValue().length() > LONGEST_TEXT ->
          TextNode.valueOf(text.textValue().substring(0, LONGEST_TEXT) + "…");
      default -> node;
    };
  }

  /** A price with its quantity, and the like. */
  private static boolean isPair(ArrayNode array) {
    return array.size() <= 3 && !array.get(0).isContainerNode();
  }
}
