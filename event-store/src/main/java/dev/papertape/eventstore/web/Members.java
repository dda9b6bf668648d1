package dev.papertape.eventstore.web;

import com.fasterxml.jackson.databind.JsonNode;
import dev.papertape.eventstore.contract.InputDecimal;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The members of a JSON object that keep its contract. One that is null counts as absent, and so
 * does one that was refused, or in which anything was.
 */
public final class Members {
  private final JsonNode object;
  private final String pointer;
  private final Set<String> refused;

  Members(JsonNode object, String pointer, Set<String> refused) {
    this.object = object;
    this.pointer = pointer;
    this.refused = refused;
  }

  /** Whether the member was there with a value, refused or not; {@code null} is no value. */
  public boolean wasGiven(String name) {
    return object.hasNonNull(name);
  }

  public String text(String name) {
    return required(name, findText(name));
  }

  public Optional<String> findText(String name) {
    return node(name).map(JsonNode::textValue);
  }

  /** Exact; from a JSON string or number. */
  public BigDecimal decimal(String name) {
    return required(name, findDecimal(name));
  }

  public Optional<BigDecimal> findDecimal(String name) {
    return node(name).map(InputDecimal::read);
  }

  /** One of an enum's constants by its name, which the contract lists. */
  public <E extends Enum<E>> E oneOf(String name, Class<E> type) {
    return required(name, findOneOf(name, type));
  }

  public <E extends Enum<E>> Optional<E> findOneOf(String name, Class<E> type) {
    return findText(name).map(text -> Enum.valueOf(type, text));
  }

  public long integer(String name) {
    return required(name, findInteger(name));
  }

  public Optional<Long> findInteger(String name) {
    return node(name).map(JsonNode::longValue);
  }

  /** A ratio, bps or other statistic. */
  public double number(String name) {
    return required(name, findNumber(name));
  }

  public Optional<Double> findNumber(String name) {
    return node(name).map(JsonNode::doubleValue);
  }

  public Optional<Boolean> findBoolean(String name) {
    return node(name).map(JsonNode::booleanValue);
  }

  public Optional<Members> findObject(String name) {
    return node(name).map(member -> new Members(member, at(name), refused));
  }

  /**
   * The object, also when something in it was refused: for a rule over those of its members that
   * keep the contract. Every member of it may be absent.
   */
  public Optional<Members> findPartOf(String name) {
    JsonNode member = object.get(name);
    String at = at(name);
    return member != null && member.isObject() && !refused.contains(at)
        ? Optional.of(new Members(member, at, refused))
        : Optional.empty();
  }

  /** In their order; empty without the member. */
  public List<JsonNode> elements(String name) {
    List<JsonNode> elements = new ArrayList<>();
    node(name).ifPresent(array -> array.forEach(elements::add));
    return elements;
  }

  /** The value as JSON. */
  public Optional<JsonNode> node(String name) {
    JsonNode member = object.get(name);
    String at = at(name);
    boolean good =
        member != null
            && !member.isNull()
            && refused.stream().noneMatch(each -> each.equals(at) || each.startsWith(at + "/"));
    return good ? Optional.of(member) : Optional.empty();
  }

  /**
   * The value as it was sent, whatever is wrong with it: for a rule that must say what is wrong
   * with the parts that keep the contract beside some that do not.
   */
  public JsonNode sent(String name) {
    return object.path(name);
  }

  private String at(String name) {
    return pointer + "/" + Violation.escape(name);
  }

  private static <T> T required(String name, Optional<T> value) {
    return value.orElseThrow(() -> new IllegalStateException("not read: " + name));
  }
}
