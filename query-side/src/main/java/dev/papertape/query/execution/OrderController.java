package dev.papertape.query.execution;

import dev.papertape.contracts.execution.OrderStatus;
import dev.papertape.contracts.execution.OrderView;
import dev.papertape.contracts.market.Symbol;
import dev.papertape.eventstore.web.Positioned;
import dev.papertape.eventstore.web.Problem;
import dev.papertape.eventstore.web.ProblemKind;
import dev.papertape.eventstore.web.QueryReader;
import dev.papertape.eventstore.web.ReadsProjection;
import dev.papertape.query.Paged;
import dev.papertape.query.ReadModels;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** {@code GET /api/orders}, {@code GET /api/orders/{orderId}}, {@code GET /api/portfolio}. */
@RestController
@ReadsProjection(ExecutionProjection.NAME)
final class OrderController {
  private final ReadModels readModels;
  private final OrderQueries queries;

  OrderController(ReadModels readModels, OrderQueries queries) {
    this.readModels = readModels;
    this.queries = queries;
  }

  /**
   * @param next {@code before} of the next page, null on the last one
   */
  record Orders(List<OrderRow> orders, @Nullable Long next) {}

  @Paged
  @Parameter(
      name = "status",
      in = ParameterIn.QUERY,
      schema = @Schema(implementation = OrderStatus.class))
  @Parameter(name = "symbol", in = ParameterIn.QUERY, schema = @Schema(type = "string"))
  @Parameter(name = "alphaId", in = ParameterIn.QUERY, schema = @Schema(type = "string"))
  @GetMapping("/api/orders")
  Positioned<Orders> orders(QueryReader query) {
    Map<String, String> filters = new LinkedHashMap<>();
    query
        .oneOf("status", OrderStatus.class)
        .ifPresent(status -> filters.put("status", status.name()));
    Filters.symbol(query).ifPresent(symbol -> filters.put("symbol", symbol.value()));
    Filters.alphaId(query).ifPresent(alphaId -> filters.put(OrderQueries.OWNER, alphaId));
    int limit = query.limit();
    long before = query.before();
    query.done();
    return readModels.read(
        ExecutionProjection.NAME,
        rows -> {
          List<OrderRow> page = queries.orders(rows, filters, limit, before);
          return new Orders(page, page.size() < limit ? null : page.getLast().position());
        });
  }

  @GetMapping("/api/orders/{orderId}")
  Positioned<OrderView> order(@PathVariable String orderId, QueryReader query) {
    query.done();
    Positioned<Optional<OrderView>> found =
        readModels.read(ExecutionProjection.NAME, rows -> queries.order(rows, orderId));
    OrderView order =
        found
            .body()
            .orElseThrow(
                () ->
                    Problem.of(ProblemKind.NOT_FOUND, "no order '" + orderId + "'").asException());
    return new Positioned<>(order, found.asOf(), found.position());
  }

  @GetMapping("/api/portfolio")
  Positioned<PortfolioView> portfolio(QueryReader query) {
    query.done();
    Positioned<Optional<PortfolioView>> found =
        readModels.read(ExecutionProjection.NAME, queries::portfolio);
    PortfolioView portfolio =
        found
            .body()
            .orElseThrow(
                () ->
                    Problem.of(ProblemKind.NOT_FOUND, "no paper account yet: the engine opens it")
                        .asException());
    return new Positioned<>(portfolio, found.asOf(), found.position());
  }

  /** Filters that several lists share. */
  static final class Filters {
    private Filters() {}

    static Optional<Symbol> symbol(QueryReader query) {
      return query.parsed(
          "symbol", Symbol::new, "NOT_A_SYMBOL", "must be a symbol such as BTC-USDT");
    }

    static Optional<String> alphaId(QueryReader query) {
      return query.parsed("alphaId", Function.identity(), "NOT_AN_ALPHA", "must be an alpha's id");
    }
  }
}
