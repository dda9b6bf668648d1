package dev.papertape.command.alpha;

import com.fasterxml.jackson.databind.JsonNode;
import dev.papertape.contracts.alpha.AlphaCommand.ChangeAlpha;
import dev.papertape.contracts.alpha.AlphaCommand.RegisterAlpha;
import dev.papertape.contracts.alpha.AlphaKind;
import dev.papertape.contracts.alpha.AlphaSpec;
import dev.papertape.contracts.alpha.AlphaStage;
import dev.papertape.contracts.market.Symbol;
import dev.papertape.eventstore.web.BodyRule;
import dev.papertape.eventstore.web.Members;
import dev.papertape.eventstore.web.Violations;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Bodies of {@code POST /api/alphas} and {@code PATCH /api/alphas/{id}}. */
final class AlphaBodies {
  private static final String PARAMS = "params";
  private static final String WEIGHT = "weight";
  private static final String SYMBOLS = "symbols";

  private AlphaBodies() {}

  /** What the schema cannot say of a registration: symbols that are traded, parameters' bounds. */
  static BodyRule registrationRule(AlphaCatalogue catalogue, Set<Symbol> traded) {
    return (body, violations) -> {
      List<JsonNode> symbols = body.elements(SYMBOLS);
      for (int i = 0; i < symbols.size(); i++) {
        String symbol = symbols.get(i).asText();
        if (traded.stream().noneMatch(each -> each.value().equals(symbol))) {
          violations.add(
              "/symbols/" + i,
              "UNKNOWN_SYMBOL",
              "must be a symbol that is traded here: "
                  + String.join(", ", traded.stream().map(Symbol::value).sorted().toList()),
              symbol);
        }
      }
      checkParams(body, AlphaCatalogue.parameters(kind(body)), violations);
    };
  }

  /** Stage INCUBATING: its signals are recorded, and nothing is traded on them. */
  static RegisterAlpha registration(Members body, AlphaCatalogue catalogue) {
    String id = body.text("alphaId");
    AlphaKind kind = kind(body);
    List<Symbol> symbols = new ArrayList<>();
    body.elements(SYMBOLS).forEach(each -> symbols.add(new Symbol(each.asText())));
    return new RegisterAlpha(
        id,
        body.text("name"),
        kind,
        AlphaCatalogue.complete(AlphaCatalogue.parameters(kind), params(body)),
        symbols.stream().distinct().toList(),
        catalogue.features(id, kind),
        body.findNumber(WEIGHT).orElse(1.0),
        AlphaStage.INCUBATING,
        "operator");
  }

  private static AlphaKind kind(Members body) {
    return body.findOneOf("kind", AlphaKind.class).orElse(AlphaKind.EXTERNAL);
  }

  static BodyRule changeRule(AlphaCatalogue catalogue, AlphaSpec spec) {
    return (body, violations) -> {
      if (!body.wasGiven(PARAMS) && !body.wasGiven(WEIGHT)) {
        violations.add("", "MISSING", "needs params, weight or both", null);
      }
      checkParams(body, catalogue.parameters(spec.alphaId(), spec.kind()), violations);
    };
  }

  static ChangeAlpha change(Members body, String alphaId) {
    return new ChangeAlpha(
        alphaId, params(body), body.findNumber(WEIGHT).orElse(null), null, body.text("reason"));
  }

  private static SortedMap<String, Double> params(Members body) {
    SortedMap<String, Double> params = new TreeMap<>();
    body.node(PARAMS)
        .ifPresent(
            object ->
                object
                    .properties()
                    .forEach(each -> params.put(each.getKey(), each.getValue().doubleValue())));
    return params;
  }

  private static void checkParams(
      Members body, List<ParameterRange> ranges, Violations violations) {
    params(body)
        .forEach(
            (name, value) -> {
              ParameterRange range = find(ranges, name);
              String pointer = "/params/" + name.replace("~", "~0").replace("/", "~1");
              if (range == null) {
                violations.add(
                    pointer,
                    "UNKNOWN_FIELD",
                    ranges.isEmpty()
                        ? "this alpha has no parameters"
                        : "must be one of " + String.join(", ", AlphaCatalogue.names(ranges)),
                    value.toString());
              } else if (!range.holds(value)) {
                violations.add(
                    pointer, "OUT_OF_RANGE", "must be " + words(range), value.toString());
              }
            });
  }

  private static @Nullable ParameterRange find(List<ParameterRange> ranges, String name) {
    return ranges.stream().filter(each -> each.name().equals(name)).findFirst().orElse(null);
  }

  private static String words(ParameterRange range) {
    return range.integer()
        ? "a whole number from " + (long) range.min() + " to " + (long) range.max()
        : "from " + range.min() + " to " + range.max();
  }
}
