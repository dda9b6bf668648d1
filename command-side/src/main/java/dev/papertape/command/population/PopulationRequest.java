package dev.papertape.command.population;

import com.fasterxml.jackson.databind.JsonNode;
import dev.papertape.contracts.alpha.AlphaSpec;
import dev.papertape.contracts.population.PopulationSpec;
import dev.papertape.contracts.population.TrainedParameter;
import dev.papertape.eventstore.web.Members;
import dev.papertape.eventstore.web.Violations;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A population as {@code POST /api/pbt/populations} asks for it.
 *
 * @param populationId null for the next one of the alpha
 * @param seed null for the program's
 * @param space empty for everything that the alpha has
 */
record PopulationRequest(
    @Nullable String populationId,
    String alphaId,
    int members,
    long intervalMs,
    double quantile,
    double resampleProbability,
    @Nullable Long seed,
    int minSamples,
    BigDecimal notional,
    boolean applyBest,
    String reason,
    List<Narrowed> space) {
  private static final String SPACE = "space";
  private static final BigDecimal MOST_NOTIONAL = new BigDecimal("1000000000");

  /** A parameter and what is asked of it; null and empty for what its kind has. */
  record Narrowed(String name, @Nullable Double min, @Nullable Double max, List<Double> choices) {
    static Narrowed of(JsonNode sent) {
      List<Double> choices = new ArrayList<>();
      sent.path("choices").forEach(choice -> choices.add(choice.doubleValue()));
      return new Narrowed(
          sent.path("name").asText(), number(sent.path("min")), number(sent.path("max")), choices);
    }

    private static @Nullable Double number(JsonNode sent) {
      return sent.isNumber() ? (Double) sent.doubleValue() : null;
    }

    /** Within what the kind has. */
    TrainedParameter within(TrainedParameter whole) {
      return choices.isEmpty()
          ? new TrainedParameter(
              name,
              min == null ? whole.min() : min,
              max == null ? whole.max() : max,
              whole.integer(),
              List.of())
          : new TrainedParameter(
              name, choices.getFirst(), choices.getLast(), whole.integer(), choices);
    }
  }

  static PopulationRequest read(Members body) {
    long intervalMs = body.integer("intervalMs");
    return new PopulationRequest(
        body.findText("populationId").orElse(null),
        body.text("alphaId"),
        (int) body.integer("members"),
        intervalMs,
        body.findNumber("quantile").orElse(ShippedPopulation.QUANTILE),
        body.findNumber("resampleProbability").orElse(ShippedPopulation.RESAMPLE_PROBABILITY),
        body.findInteger("seed").orElse(null),
        body.findInteger("minSamples")
            .map(Math::toIntExact)
            .orElse(ShippedPopulation.minSamples(intervalMs)),
        body.findDecimal("notional").orElse(ShippedPopulation.NOTIONAL),
        body.findBoolean("applyBest").orElse(false),
        body.findText("reason").orElse("asked for by an operator"),
        body.elements(SPACE).stream().map(Narrowed::of).toList());
  }

  PopulationSpec spec(String newId, AlphaSpec alpha, long standardSeed) {
    Map<String, TrainedParameter> whole = whole(alpha);
    List<TrainedParameter> trained =
        space.isEmpty()
            ? List.copyOf(whole.values())
            : space.stream().map(each -> each.within(known(whole, each.name()))).toList();
    return new PopulationSpec(
        newId,
        alphaId,
        alpha.kind(),
        alpha.symbols(),
        members,
        intervalMs,
        quantile,
        resampleProbability,
        seed == null ? standardSeed : seed,
        minSamples,
        notional,
        applyBest,
        trained.stream().sorted(Comparator.comparing(TrainedParameter::name)).toList());
  }

  private static TrainedParameter known(Map<String, TrainedParameter> whole, String name) {
    TrainedParameter parameter = whole.get(name);
    if (parameter == null) {
      throw new IllegalStateException(name + " was not checked");
    }
    return parameter;
  }

  /** What the schema cannot say. */
  static void check(
      Members body, Violations violations, Function<String, Optional<AlphaSpec>> alphas) {
    body.findDecimal("notional")
        .filter(given -> given.signum() <= 0 || given.compareTo(MOST_NOTIONAL) > 0)
        .ifPresent(
            given ->
                violations.add(
                    "/notional",
                    "OUT_OF_RANGE",
                    "must be above 0 and at most " + MOST_NOTIONAL.toPlainString(),
                    given.toPlainString()));
    body.findInteger("minSamples")
        .filter(
            least -> body.findInteger("intervalMs").filter(ms -> least > ms / 1_000).isPresent())
        .ifPresent(
            least ->
                violations.add(
                    "/minSamples",
                    "OUT_OF_RANGE",
                    "must be at most the seconds of the interval: there is one return a second",
                    least.toString()));
    body.findText("alphaId")
        .flatMap(alphas)
        .ifPresent(alpha -> checkSpace(alpha, body, violations));
  }

  private static void checkSpace(AlphaSpec alpha, Members body, Violations violations) {
    Map<String, TrainedParameter> whole = whole(alpha);
    if (whole.isEmpty()) {
      violations.add(
          "/alphaId",
          "NOT_TRAINABLE",
          "alphas of kind " + alpha.kind() + " have no parameters that can be trained here",
          alpha.alphaId());
      return;
    }
    Set<String> met = new HashSet<>();
    JsonNode sent = body.sent(SPACE);
    for (int i = 0; i < (sent.isArray() ? sent.size() : 0); i++) {
      String at = "/" + SPACE + "/" + i;
      Narrowed asked = Narrowed.of(sent.get(i));
      TrainedParameter known = whole.get(asked.name());
      if (known == null) {
        violations.add(
            at + "/name",
            "UNKNOWN_VALUE",
            "is no parameter of "
                + alpha.kind()
                + "; known are "
                + String.join(", ", whole.keySet()),
            asked.name());
      } else {
        new SpaceCheck(at, asked, known, violations).run();
      }
      if (!met.add(asked.name())) {
        violations.add(at + "/name", "DUPLICATE", "is named twice", asked.name());
      }
    }
  }

  private static Map<String, TrainedParameter> whole(AlphaSpec alpha) {
    return TrainableAlphas.space(alpha.kind()).stream()
        .collect(
            Collectors.toMap(
                TrainedParameter::name, Function.identity(), (a, b) -> a, TreeMap::new));
  }
}
