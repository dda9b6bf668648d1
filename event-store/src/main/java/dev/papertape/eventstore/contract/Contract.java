package dev.papertape.eventstore.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.Schema;
import java.util.List;
import java.util.function.Supplier;
import org.springframework.util.function.SingletonSupplier;

/**
 * One version of one JSON Schema (2020-12). It never changes: what differs has another version.
 * Safe for use by many threads.
 */
public final class Contract {
  private final String name;
  private final int version;
  private final Role role;
  private final List<Route> routes;
  private final String sha256;
  private final Supplier<String> document;
  private final Supplier<Compiled> compiled;

  private record Compiled(JsonNode document, Schema schema) {}

  Contract(
      String name,
      int version,
      Role role,
      List<Route> routes,
      String sha256,
      Supplier<String> document) {
    this.name = name;
    this.version = version;
    this.role = role;
    this.routes = List.copyOf(routes);
    this.sha256 = sha256;
    this.document = SingletonSupplier.of(document);
    this.compiled = SingletonSupplier.of(this::compile);
  }

  /** For example {@code order-request}. */
  public String name() {
    return name;
  }

  public int version() {
    return version;
  }

  /** {@code <name>/<version>}. */
  public String label() {
    return name + "/" + version;
  }

  public Role role() {
    return role;
  }

  /** Whose bodies it describes; empty for what is no body. */
  public List<Route> routes() {
    return routes;
  }

  /** Of the document's bytes, as the index states it; lower-case hex. */
  public String sha256() {
    return sha256;
  }

  /** The JSON Schema as it stands in its file. */
  public String document() {
    return document.get();
  }

  /** The document's own {@code $id}, an absolute URI. */
  public String id() {
    return compiled.get().document().path("$id").asText();
  }

  /** What it describes, in a few words. */
  public String title() {
    return compiled.get().document().path("title").asText();
  }

  /** The document as JSON; not to be changed. */
  public JsonNode json() {
    return compiled.get().document();
  }

  /**
   * Everything in which the value breaks the contract, in no particular order; at most one breach
   * at each pointer. Numbers of the value should be exact ({@code BigDecimal}, {@code BigInteger}).
   */
  public List<Breach> breaches(JsonNode value) {
    Compiled schema = compiled.get();
    return Explanation.of(schema.schema().validate(value), schema.document());
  }

  private Compiled compile() {
    JsonNode parsed = Schemas.parse(document());
    return new Compiled(parsed, Schemas.compile(parsed));
  }

  @Override
  public String toString() {
    return label();
  }
}
