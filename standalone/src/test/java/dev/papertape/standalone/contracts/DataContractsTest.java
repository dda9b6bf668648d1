package dev.papertape.standalone.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.papertape.contracts.EventTypes;
import dev.papertape.contracts.budget.BudgetEvent;
import dev.papertape.contracts.execution.OrderStatus;
import dev.papertape.contracts.execution.Side;
import dev.papertape.contracts.execution.TimeInForce;
import dev.papertape.contracts.quality.Channel;
import dev.papertape.contracts.quality.QualityReason;
import dev.papertape.contracts.quality.QuarantineStatus;
import dev.papertape.eventstore.contract.Breach;
import dev.papertape.eventstore.contract.Contract;
import dev.papertape.eventstore.contract.Contracts;
import dev.papertape.eventstore.contract.Role;
import dev.papertape.eventstore.contract.Route;
import dev.papertape.eventstore.json.CanonicalJson;
import dev.papertape.eventstore.web.Positioned;
import dev.papertape.eventstore.web.WebConventionsAutoConfiguration;
import dev.papertape.standalone.contracts.ContractTypes.Written;
import dev.papertape.standalone.contracts.RouteScan.Handled;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.http.HttpMessageConvertersAutoConfiguration;
import org.springframework.boot.autoconfigure.jackson.JacksonAutoConfiguration;
import org.springframework.boot.autoconfigure.web.servlet.DispatcherServletAutoConfiguration;
import org.springframework.boot.autoconfigure.web.servlet.WebMvcAutoConfiguration;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;

/**
 * The contracts themselves: that they are JSON Schemas, that good values keep them and bad ones are
 * refused with every pointer at once, that they say the same as the Java types behind them, and
 * that no route is without one. The decoders of venues' messages are held to theirs in {@code
 * WireContractsTest}.
 */
class DataContractsTest {
  private static final String BASE = "https://papertape.dev/api/contracts/";
  private static final Contracts CONTRACTS = Contracts.onClassPath();
  private static final JsonMapper EXACT =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.USE_BIG_INTEGER_FOR_INTS)
          .nodeFactory(JsonNodeFactory.withExactBigDecimals(true))
          .build();
  private static final CanonicalJson CANONICAL = new CanonicalJson();
  private static final ObjectMapper REPLIES = mapperOfReplies();

  static List<Contract> contracts() {
    return CONTRACTS.all();
  }

  // The documents.

  @ParameterizedTest
  @MethodSource("contracts")
  void every_document_is_a_json_schema_of_2020_12(Contract contract) {
    Schema metaSchema =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(SchemaLocation.of("https://json-schema.org/draft/2020-12/schema"));
    JsonNode document = contract.json();
    assertThat(document.path("$schema").asText())
        .isEqualTo("https://json-schema.org/draft/2020-12/schema");
    assertThat(metaSchema.validate(document)).isEmpty();
    assertThat(contract.id()).isEqualTo(BASE + contract.label());
    assertThat(contract.title()).isNotBlank();
    assertThat(document.path("description").asText()).isNotBlank();
  }

  @ParameterizedTest
  @MethodSource("contracts")
  void every_member_is_described(Contract contract) {
    List<String> bare = new ArrayList<>();
    undescribed(contract.json(), contract.json(), "", bare);
    assertThat(bare).isEmpty();
  }

  /** A released version never changes: whoever changes one meets its hash in the index. */
  @ParameterizedTest
  @MethodSource("contracts")
  void the_index_knows_every_document_by_its_hash(Contract contract) {
    assertThat(CanonicalJson.sha256Hex(contract.document().getBytes(StandardCharsets.UTF_8)))
        .isEqualTo(contract.sha256());
  }

  /** Looks at the sources: on the class path they are in a folder or in a jar, as Maven pleases. */
  @Test
  void every_document_of_the_folder_is_in_the_index() throws Exception {
    Path folder = Path.of("../shared-contracts/src/main/resources/contracts");
    try (Stream<Path> files = Files.walk(folder)) {
      Set<String> documents = new TreeSet<>();
      files
          .filter(Files::isRegularFile)
          .map(file -> folder.relativize(file).toString().replace('\\', '/'))
          .filter(file -> !file.equals("index.json"))
          .forEach(documents::add);
      Set<String> indexed = new TreeSet<>();
      CONTRACTS.all().forEach(contract -> indexed.add(contract.label() + ".json"));
      assertThat(documents).isEqualTo(indexed);
    }
  }

  /** Documents stand alone, so what two of them share stands in both; it must stay one thing. */
  @Test
  void what_documents_share_is_the_same_in_each() {
    Map<String, JsonNode> met = new HashMap<>();
    Map<String, String> by = new HashMap<>();
    for (Contract contract : CONTRACTS.all()) {
      contract
          .json()
          .path("$defs")
          .properties()
          .forEach(
              shared -> {
                JsonNode other = met.putIfAbsent(shared.getKey(), shared.getValue());
                String first = by.putIfAbsent(shared.getKey(), contract.label());
                if (other != null) {
                  assertThat(shared.getValue())
                      .as("$defs/%s of %s and %s", shared.getKey(), contract, first)
                      .isEqualTo(other);
                }
              });
    }
  }

  // Good and bad values.

  @ParameterizedTest
  @MethodSource("contracts")
  void the_examples_keep_their_contract(Contract contract) {
    assertThat(examples(contract)).isNotEmpty();
    for (JsonNode example : examples(contract)) {
      assertThat(contract.breaches(example)).as("%s", example).isEmpty();
    }
  }

  /** Each part of each example is left out, replaced and added to: one breach, at its pointer. */
  @TestFactory
  Stream<DynamicTest> every_part_of_an_example_is_needed_and_checked() {
    return CONTRACTS.all().stream()
        .map(
            contract ->
                DynamicTest.dynamicTest(
                    contract.label(),
                    () -> {
                      int changed = 0;
                      for (JsonNode example : examples(contract)) {
                        for (Damage damage : Damage.all(contract.json(), example)) {
                          assertThat(contract.breaches(damage.damaged()))
                              .as("%s: %s", damage, damage.damaged())
                              .extracting(Breach::pointer, Breach::code)
                              .contains(
                                  org.assertj.core.groups.Tuple.tuple(
                                      damage.pointer(), damage.code()));
                          changed++;
                        }
                      }
                      assertThat(changed).isPositive();
                    }));
  }

  @Test
  void every_violation_is_named_at_once_with_its_pointer() throws IOException {
    Contract order = CONTRACTS.get("order-request", 1);
    JsonNode bad =
        EXACT.readTree(
            """
            {"symbol": "", "side": "HOLD", "quantity": {"a": [null]}, "limitPrice": "1e400",
             "timeInForce": 7, "alphaId": "a b", "clientOrderId": "\\u0000", "price": [[1]]}
            """);
    assertThat(order.breaches(bad))
        .extracting(breach -> breach.pointer() + " " + breach.code())
        .containsExactlyInAnyOrder(
            "/symbol LENGTH",
            "/side UNKNOWN_VALUE",
            "/quantity WRONG_TYPE",
            "/limitPrice OUT_OF_RANGE",
            "/timeInForce WRONG_TYPE",
            "/alphaId PATTERN",
            "/clientOrderId CONTROL_CHARACTER",
            "/price UNKNOWN_FIELD");
  }

  @Test
  void decimals_of_replies_are_strings_and_never_numbers() {
    Contract book = CONTRACTS.get("l2-book", 1);
    ObjectNode reply = examples(book).getFirst().deepCopy();
    reply.put("mid", 61000.05);
    ((ArrayNode) reply.at("/bids/0")).set(0, JsonNodeFactory.instance.numberNode(61000));
    assertThat(book.breaches(reply))
        .extracting(breach -> breach.pointer() + " " + breach.message())
        .containsExactlyInAnyOrder("/mid must be a string", "/bids/0/0 must be a string");
  }

  // Drift.

  @TestFactory
  Stream<DynamicTest> a_contract_says_what_the_java_type_says() {
    return ContractTypes.all().entrySet().stream()
        .map(
            entry ->
                DynamicTest.dynamicTest(
                    entry.getKey(),
                    () -> {
                      Written written = entry.getValue();
                      RecordShape shape = RecordShape.of(written.type());
                      JsonNode schema = CONTRACTS.get(entry.getKey(), 1).json();
                      assertThat(
                              RecordShape.differences(
                                  written.positioned()
                                      ? RecordShape.positioned(shape)
                                      : written.list() ? new RecordShape.Elements(shape) : shape,
                                  schema,
                                  schema))
                          .isEmpty();
                    }));
  }

  /** Only a venue's own wire, a request and a problem have no Java type behind them. */
  @Test
  void every_contract_of_ours_has_its_java_type() {
    Set<String> without = new TreeSet<>();
    for (Contract contract : CONTRACTS.all()) {
      boolean wire = contract.role() == Role.INGEST && !contract.name().equals("candle");
      if (!wire
          && contract.role() != Role.REQUEST
          && contract.role() != Role.QUERY
          && !ContractTypes.all().containsKey(contract.name())) {
        without.add(contract.name());
      }
    }
    assertThat(without).containsExactly("problem");
  }

  @Property(tries = 40)
  void whatever_is_written_keeps_its_contract(@ForAll long seed) throws IOException {
    for (Map.Entry<String, Written> entry : ContractTypes.all().entrySet()) {
      Written written = entry.getValue();
      Object value = new RandomInstances(seed).of(written.type(), entry.getKey());
      JsonNode json = EXACT.readTree(bytes(written, value));
      assertThat(CONTRACTS.get(entry.getKey(), 1).breaches(json))
          .as("%s: %s", entry.getKey(), json)
          .isEmpty();
    }
  }

  @Test
  void requests_name_the_values_that_the_program_knows() {
    JsonNode order = CONTRACTS.get("order-request", 1).json().path("properties");
    assertThat(texts(order.at("/side/enum"))).containsExactly(names(Side.values()));
    assertThat(texts(order.at("/timeInForce/enum"))).containsExactly(names(TimeInForce.values()));
    assertEnum("orders-query", "status", OrderStatus.values());
    assertEnum("quarantine-query", "channel", Channel.values());
    assertEnum("quarantine-query", "status", QuarantineStatus.values());
    assertEnum("quarantine-query", "reason", QualityReason.values());
    assertThat(texts(CONTRACTS.get("budget-ledger-query", 1).json().at("/properties/type/enum")))
        .containsExactlyElementsOf(
            EventTypes.all().stream()
                .filter(BudgetEvent.class::isAssignableFrom)
                .map(Class::getSimpleName)
                .sorted()
                .toList());
  }

  private static void assertEnum(String query, String parameter, Enum<?>[] values) {
    JsonNode known = CONTRACTS.get(query, 1).json().at("/properties/" + parameter + "/enum");
    assertThat(texts(known)).containsExactly(names(values));
  }

  // Routes.

  @TestFactory
  Stream<DynamicTest> every_route_has_its_contracts_or_a_reason_for_none() {
    return RouteScan.all().stream()
        .map(
            handled ->
                DynamicTest.dynamicTest(
                    handled.route().toString(),
                    () -> {
                      assertContract(Role.RESPONSE, handled.route());
                      assertContract(Role.QUERY, handled.route());
                      if (!handled.route().method().equals("GET") || handled.readsBody()) {
                        assertContract(Role.REQUEST, handled.route());
                      }
                      if (handled.readsBody()) {
                        assertThat(CONTRACTS.of(Role.REQUEST, handled.route()))
                            .as("%s reads a body", handled.route())
                            .isPresent();
                      }
                    }));
  }

  @Test
  void every_route_of_the_index_is_there() {
    Set<String> routes = new TreeSet<>();
    RouteScan.all().stream().map(Handled::route).map(Route::toString).forEach(routes::add);
    assertThat(routes).contains("POST /api/orders", "GET /api/health", "GET /api/contracts");
    for (Contract contract : CONTRACTS.all()) {
      for (Route route : contract.routes()) {
        assertThat(routes).as("route of %s", contract).contains(route.toString());
      }
    }
  }

  private static void assertContract(Role role, Route route) {
    assertThat(
            CONTRACTS.of(role, route).isPresent()
                || CONTRACTS.exemption(role, route).filter(why -> !why.isBlank()).isPresent())
        .as(
            "%s as %s: name a contract or an exemption with its reason in contracts/index.json",
            route, role)
        .isTrue();
  }

  private static byte[] bytes(Written written, Object value) throws IOException {
    if (written.canonical()) {
      return CANONICAL.write(value);
    }
    Object body = written.list() ? List.of(value) : value;
    return REPLIES.writeValueAsBytes(
        written.positioned() ? new Positioned<>(body, Instant.EPOCH, 7) : body);
  }

  /** The one that writes replies, made as the program makes it. */
  private static ObjectMapper mapperOfReplies() {
    ObjectMapper[] mapper = new ObjectMapper[1];
    new WebApplicationContextRunner()
        .withConfiguration(
            AutoConfigurations.of(
                JacksonAutoConfiguration.class,
                HttpMessageConvertersAutoConfiguration.class,
                DispatcherServletAutoConfiguration.class,
                WebMvcAutoConfiguration.class,
                WebConventionsAutoConfiguration.class))
        .run(context -> mapper[0] = context.getBean(ObjectMapper.class));
    return mapper[0];
  }

  private static List<JsonNode> examples(Contract contract) {
    List<JsonNode> examples = new ArrayList<>();
    contract.json().path("examples").forEach(examples::add);
    return examples;
  }

  /** A part without words is one that only its author can read; a constant speaks for itself. */
  private static void undescribed(
      JsonNode document, JsonNode schema, String at, List<String> bare) {
    schema
        .path("properties")
        .properties()
        .forEach(
            member -> {
              JsonNode part = member.getValue();
              JsonNode resolved =
                  part.has("$ref")
                      ? document.at(JsonPointer.compile(part.path("$ref").asText().substring(1)))
                      : part;
              if (!resolved.has("description") && !resolved.has("const")) {
                bare.add(at + "/" + member.getKey());
              }
              undescribed(document, resolved, at + "/" + member.getKey(), bare);
              undescribed(document, resolved.path("items"), at + "/" + member.getKey(), bare);
            });
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(
        each -> {
          if (!each.isNull()) {
            texts.add(each.asText());
          }
        });
    return texts;
  }

  private static String[] names(Enum<?>[] constants) {
    return Stream.of(constants).map(Enum::name).toArray(String[]::new);
  }
}
