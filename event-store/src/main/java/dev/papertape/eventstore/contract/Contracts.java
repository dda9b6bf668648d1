package dev.papertape.eventstore.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All contracts of this program. {@code contracts/index.json} on the class path names them with
 * version, role, routes and SHA-256; the documents stand beside it as {@code
 * contracts/<name>/<version>.json} and are read when they are first asked for. A route without a
 * contract is named in the index with the reason why it has none.
 */
public final class Contracts {
  private static final String FOLDER = "contracts/";
  private static final String INDEX = FOLDER + "index.json";

  private final List<Contract> contracts;
  private final Map<Exempted, String> exempt;
  private final Map<Role, Map<Route, Contract>> byRoute = new HashMap<>();

  private record Exempted(Route route, Role role) {}

  private Contracts(List<Contract> contracts, Map<Exempted, String> exempt) {
    this.contracts = List.copyOf(contracts);
    this.exempt = Map.copyOf(exempt);
    for (Contract contract : contracts) {
      for (Route route : contract.routes()) {
        Contract other =
            byRoute
                .computeIfAbsent(contract.role(), role -> new HashMap<>())
                .putIfAbsent(route, contract);
        if (other != null) {
          throw new IllegalStateException(
              route + " has two contracts as " + contract.role() + ": " + other + ", " + contract);
        }
      }
    }
  }

  /**
   * @throws IllegalStateException when an index does not say what it must
   */
  public static Contracts onClassPath() {
    List<Contract> contracts = new ArrayList<>();
    Map<Exempted, String> exempt = new HashMap<>();
    try {
      // The first one: a class path may name the same module by its folder and by its jar.
      URL index = Contracts.class.getClassLoader().getResource(INDEX);
      JsonNode root =
          index == null ? JsonNodeFactory.instance.objectNode() : Schemas.parse(text(index));
      root.path("contracts").forEach(entry -> contracts.add(contract(entry)));
      root.path("exempt")
          .forEach(
              entry ->
                  exempt.put(
                      new Exempted(
                          Route.of(entry.path("route").asText()),
                          Role.valueOf(entry.path("role").asText())),
                      entry.path("reason").asText()));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
    return new Contracts(contracts, exempt);
  }

  /** In the order of the index. */
  public List<Contract> all() {
    return contracts;
  }

  public Optional<Contract> find(String name, int version) {
    return contracts.stream()
        .filter(contract -> contract.name().equals(name) && contract.version() == version)
        .findFirst();
  }

  /**
   * @throws IllegalStateException when there is none: a bug
   */
  public Contract get(String name, int version) {
    return find(name, version)
        .orElseThrow(() -> new IllegalStateException("no contract " + name + "/" + version));
  }

  /** What bodies of that route keep. */
  public Optional<Contract> of(Role role, Route route) {
    return Optional.ofNullable(byRoute.getOrDefault(role, Map.of()).get(route));
  }

  /** Why that route has no contract in that role; empty where none was given. */
  public Optional<String> exemption(Role role, Route route) {
    return Optional.ofNullable(exempt.get(new Exempted(route, role)));
  }

  private static Contract contract(JsonNode entry) {
    String name = entry.path("name").asText();
    int version = entry.path("version").asInt();
    List<Route> routes = new ArrayList<>();
    entry.path("routes").forEach(route -> routes.add(Route.of(route.asText())));
    return new Contract(
        name,
        version,
        Role.valueOf(entry.path("role").asText()),
        routes,
        entry.path("sha256").asText(),
        () -> document(name, version));
  }

  private static String document(String name, int version) {
    String path = FOLDER + name + "/" + version + ".json";
    URL document = Contracts.class.getClassLoader().getResource(path);
    if (document == null) {
      throw new IllegalStateException("the index names " + path + ", which is not there");
    }
    try {
      return text(document);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static String text(URL resource) throws IOException {
    try (InputStream in = resource.openStream()) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
