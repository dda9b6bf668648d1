package dev.papertape.eventstore.web;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.papertape.eventstore.contract.Breach;
import dev.papertape.eventstore.contract.Contract;
import jakarta.servlet.http.HttpServletRequest;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.catalina.Globals;

/**
 * Holds query parameters against the contract of their route. The text of a parameter that the
 * contract has as an integer is taken as one where it is one, as OpenAPI does.
 */
final class QueryContract {
  private static final String INTEGER = "[+-]?[0-9]{1,18}";

  private QueryContract() {}

  /** By name; empty values where a name came without one. */
  static Map<String, String[]> parameters(HttpServletRequest request) {
    return new TreeMap<>(request.getParameterMap());
  }

  /** What cannot be read at all: the container left it out, and it must not count as not sent. */
  static List<Violation> unreadable(HttpServletRequest request) {
    return request.getAttribute(Globals.PARAMETER_PARSE_FAILED_ATTR) == null
        ? List.of()
        : List.of(
            new Violation("/query", "UNREADABLE", "a query parameter cannot be decoded", null));
  }

  /** Everything in which the parameters break the contract, by their names. */
  static List<Violation> violations(Map<String, String[]> parameters, Contract contract) {
    List<Violation> violations = new ArrayList<>();
    parameters.forEach(
        (name, values) -> {
          if (values.length > 1) {
            violations.add(repeated(name, values));
          }
        });
    for (Breach breach : contract.breaches(object(parameters, contract))) {
      String name = JsonPointer.compile(breach.pointer()).getMatchingProperty();
      String[] sent = parameters.get(name);
      violations.add(
          Violation.ofQuery(
              name,
              breach.code().equals(Breach.UNKNOWN_FIELD) ? "UNKNOWN_PARAMETER" : breach.code(),
              name + " " + breach.message(),
              sent == null ? null : sent[0]));
    }
    return violations;
  }

  static Violation repeated(String name, String[] values) {
    return Violation.ofQuery(
        name, "REPEATED", name + " may be given once", String.join(",", values));
  }

  /** Parameters that the contract knows. */
  static TreeSet<String> known(Contract contract) {
    TreeSet<String> known = new TreeSet<>();
    contract.json().path("properties").fieldNames().forEachRemaining(known::add);
    return known;
  }

  private static ObjectNode object(Map<String, String[]> parameters, Contract contract) {
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    JsonNode properties = contract.json().path("properties");
    parameters.forEach(
        (name, values) -> {
          boolean number = properties.path(name).path("type").asText().equals("integer");
          if (number && values[0].matches(INTEGER)) {
            object.put(name, new BigInteger(values[0]));
          } else {
            object.put(name, values[0]);
          }
        });
    return object;
  }
}
