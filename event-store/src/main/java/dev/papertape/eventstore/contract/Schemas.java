package dev.papertape.eventstore.contract;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.dialect.Dialect;
import com.networknt.schema.dialect.Dialects;
import com.networknt.schema.keyword.AnnotationKeyword;
import com.networknt.schema.path.PathType;

/** JSON Schema 2020-12 as contracts use it: formats are asserted, ours beside the standard ones. */
final class Schemas {
  /** Completes "must be …" where the pattern alone would not say it to a person. */
  static final String MUST_BE = "x-must-be";

  /** Says when a conditional part applies: "with timeInForce GTC". */
  static final String BECAUSE = "x-because";

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.USE_BIG_INTEGER_FOR_INTS)
          .nodeFactory(JsonNodeFactory.withExactBigDecimals(true))
          .build();

  private static final SchemaRegistry REGISTRY =
      SchemaRegistry.withDialect(
          dialect(),
          registry ->
              registry.schemaRegistryConfig(
                  SchemaRegistryConfig.builder()
                      .formatAssertionsEnabled(true)
                      .pathType(PathType.JSON_POINTER)
                      .build()));

  private Schemas() {}

  static JsonNode parse(String document) {
    try {
      return JSON.readTree(document);
    } catch (JsonProcessingException broken) {
      throw new IllegalStateException("a contract is not JSON", broken);
    }
  }

  static Schema compile(JsonNode document) {
    return REGISTRY.getSchema(document);
  }

  private static Dialect dialect() {
    Dialect.Builder dialect =
        Dialect.builder(Dialects.getDraft202012())
            .keyword(new AnnotationKeyword(MUST_BE))
            .keyword(new AnnotationKeyword(BECAUSE));
    for (ValueFormat format : ValueFormat.values()) {
      dialect.format(format.asAssertion());
    }
    return dialect.build();
  }
}
