package dev.papertape.query.web;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.papertape.eventstore.contract.Contract;
import io.swagger.v3.oas.models.media.Schema;
import java.io.IOException;

/**
 * A contract's document as a schema of OpenAPI 3.1, keyword for keyword; the model's own classes
 * would lose some. What documents share ({@code $defs}) becomes a schema of its own.
 */
@JsonSerialize(using = ContractSchema.AsItStands.class)
final class ContractSchema extends Schema<Object> {
  private final JsonNode document;

  private ContractSchema(JsonNode document) {
    this.document = document;
  }

  static ContractSchema of(Contract contract) {
    ObjectNode document = contract.json().deepCopy();
    // With an $id of its own its references would no longer be into this document.
    document.remove("$id");
    document.remove("$schema");
    document.remove("$defs");
    ObjectNode source = document.putObject("externalDocs");
    source.put("description", "contract " + contract + ", sha-256 " + contract.sha256());
    source.put("url", ContractController.HREF + contract.label());
    refer(document);
    return new ContractSchema(document);
  }

  static ContractSchema shared(JsonNode definition) {
    JsonNode copy = definition.deepCopy();
    refer(copy);
    return new ContractSchema(copy);
  }

  private static void refer(JsonNode node) {
    if (node instanceof ObjectNode object) {
      JsonNode reference = object.get("$ref");
      if (reference != null && reference.isTextual()) {
        object.put("$ref", reference.asText().replace("#/$defs/", "#/components/schemas/"));
      }
      object.forEach(ContractSchema::refer);
    } else if (node instanceof ArrayNode array) {
      array.forEach(ContractSchema::refer);
    }
  }

  /** Two are equal that say the same. */
  @Override
  public boolean equals(Object other) {
    return other instanceof ContractSchema that && document.equals(that.document);
  }

  @Override
  public int hashCode() {
    return document.hashCode();
  }

  static final class AsItStands extends JsonSerializer<ContractSchema> {
    @Override
    public void serialize(ContractSchema schema, JsonGenerator json, SerializerProvider provider)
        throws IOException {
      json.writeTree(schema.document);
    }
  }
}
