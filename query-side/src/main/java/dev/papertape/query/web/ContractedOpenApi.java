package dev.papertape.query.web;

import com.fasterxml.jackson.databind.JsonNode;
import dev.papertape.eventstore.contract.Contract;
import dev.papertape.eventstore.contract.Contracts;
import dev.papertape.eventstore.contract.Role;
import dev.papertape.eventstore.contract.Route;
import io.swagger.v3.core.util.Json31;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.parameters.PathParameter;
import io.swagger.v3.oas.models.parameters.RequestBody;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.responses.ApiResponses;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springframework.stereotype.Component;

/**
 * Puts the contracts into the OpenAPI document: the schema of every request and reply is the
 * contract of its route, read from the same file as the check. Routes of the command side are
 * described wherever the document is asked for.
 */
@Component
public final class ContractedOpenApi implements OpenApiCustomizer {
  private static final String JSON = "application/json";
  private static final String PROBLEM = "application/problem+json";
  private static final String CSV = "text/csv";
  private static final String COMPONENT = "#/components/schemas/";

  private static final Pattern PATH_VARIABLE = Pattern.compile("\\{([^}]+)}");

  private final Contracts contracts;

  ContractedOpenApi(Contracts contracts) {
    this.contracts = contracts;
  }

  @Override
  public void customise(OpenAPI api) {
    for (Contract contract : contracts.all()) {
      for (Route route : contract.routes()) {
        describe(operation(api, route), contract);
      }
    }
    contracts
        .find("problem", 1)
        .ifPresent(problem -> operations(api).forEach(each -> addProblem(each, problem)));
    operations(api).forEach(ContractedOpenApi::dropWrappers);
    Components components = api.getComponents() == null ? new Components() : api.getComponents();
    components.setSchemas(schemas(api, components));
    api.setComponents(components);
  }

  /** The name of a contract among the document's schemas. */
  static String component(Contract contract) {
    return contract.name() + ".v" + contract.version();
  }

  private static void describe(Operation operation, Contract contract) {
    if (contract.role() == Role.REQUEST) {
      boolean required = !contract.json().path("required").isEmpty();
      operation.setRequestBody(
          new RequestBody().required(required).content(content(JSON, contract)));
      return;
    }
    if (contract.role() == Role.QUERY) {
      describeQuery(operation, contract);
      return;
    }
    ApiResponses responses = responses(operation);
    Optional<ApiResponse> good =
        responses.entrySet().stream()
            .filter(each -> each.getKey().startsWith("2"))
            .map(Map.Entry::getValue)
            .findFirst();
    ApiResponse response = good.orElseGet(ApiResponse::new);
    if (good.isEmpty()) {
      responses.addApiResponse("2XX", response);
    }
    Content content = content(JSON, contract);
    Content before = response.getContent();
    if (before != null && before.containsKey(CSV)) {
      content.addMediaType(CSV, new MediaType().schema(new Schema<>().types(Set.of("string"))));
    }
    response.description(contract.title()).content(content);
  }

  /** Each member of a query's contract is a parameter. */
  private static void describeQuery(Operation operation, Contract contract) {
    List<Parameter> parameters = new ArrayList<>();
    if (operation.getParameters() != null) {
      operation.getParameters().stream()
          .filter(each -> !"query".equals(each.getIn()))
          .forEach(parameters::add);
    }
    contract
        .json()
        .path("properties")
        .properties()
        .forEach(
            member ->
                parameters.add(
                    new Parameter()
                        .in("query")
                        .name(member.getKey())
                        .description(member.getValue().path("description").asText())
                        .schema(ContractSchema.shared(member.getValue()))));
    operation.setParameters(parameters.isEmpty() ? null : parameters);
  }

  private static void addProblem(Operation operation, Contract problem) {
    responses(operation)
        .addApiResponse(
            "default",
            new ApiResponse().description(problem.title()).content(content(PROBLEM, problem)));
  }

  /** Springdoc takes Spring's own wrapper for the body where its type says no more. */
  private static void dropWrappers(Operation operation) {
    for (ApiResponse response : responses(operation).values()) {
      if (response.getContent() != null) {
        response
            .getContent()
            .values()
            .removeIf(
                media ->
                    media.getSchema() != null
                        && media.getSchema().get$ref() != null
                        && media.getSchema().get$ref().startsWith(COMPONENT + "ResponseEntity"));
      }
    }
  }

  private static ApiResponses responses(Operation operation) {
    if (operation.getResponses() == null) {
      operation.setResponses(new ApiResponses());
    }
    return operation.getResponses();
  }

  private static Content content(String type, Contract contract) {
    Schema<?> schema = new Schema<>();
    schema.set$ref(COMPONENT + component(contract));
    return new Content().addMediaType(type, new MediaType().schema(schema));
  }

  private static Operation operation(OpenAPI api, Route route) {
    PathItem.HttpMethod method = PathItem.HttpMethod.valueOf(route.method());
    PathItem path = api.getPaths().computeIfAbsent(route.pattern(), pattern -> new PathItem());
    Operation known = path.readOperationsMap().get(method);
    if (known != null) {
      return known;
    }
    Operation operation = new Operation();
    PATH_VARIABLE
        .matcher(route.pattern())
        .results()
        .forEach(found -> operation.addParametersItem(new PathParameter().name(found.group(1))));
    path.operation(method, operation);
    return operation;
  }

  private static Iterable<Operation> operations(OpenAPI api) {
    return api.getPaths().values().stream().flatMap(p -> p.readOperations().stream()).toList();
  }

  /** The contracts, what they share, and whatever else a route still names. */
  @SuppressWarnings("rawtypes") // as the model has it
  private Map<String, Schema> schemas(OpenAPI api, Components components) {
    Map<String, Schema> all = new LinkedHashMap<>();
    for (Contract contract : contracts.all()) {
      all.put(component(contract), ContractSchema.of(contract));
      contract
          .json()
          .path("$defs")
          .properties()
          .forEach(shared -> all.put(shared.getKey(), ContractSchema.shared(shared.getValue())));
    }
    Set<String> named = new HashSet<>();
    JsonNode paths = Json31.mapper().valueToTree(api.getPaths());
    paths.findValuesAsText("$ref").forEach(reference -> named.add(reference));
    if (components.getSchemas() != null) {
      components
          .getSchemas()
          .forEach(
              (name, schema) -> {
                if (named.contains(COMPONENT + name)) {
                  all.putIfAbsent(name, schema);
                }
              });
    }
    return all;
  }
}
