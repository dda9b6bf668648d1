package dev.papertape.standalone.tour;

import static dev.papertape.standalone.tour.Step.get;
import static dev.papertape.standalone.tour.Step.post;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/**
 * The routes in an order that a reader can follow, each once. What changes the system is undone by
 * a later step where it can be.
 */
final class TourSteps {
  private static final String WHY = "{\"reason\":\"shown in the tour\"}";

  private TourSteps() {}

  /** Chapter to steps. */
  static SequencedMap<String, List<Step>> chapters() {
    SequencedMap<String, List<Step>> chapters = new LinkedHashMap<>();
    chapters.put("Health, metrics and contracts", health());
    chapters.put("Market data", market());
    chapters.put("Orders and the paper account", orders());
    chapters.put("The router", router());
    chapters.put("Alphas", alphas());
    chapters.put("Regime, sizing and guards", risk());
    chapters.put("Training and promotion", promotion());
    chapters.put("Reports", reports());
    chapters.put("Features and data quality", quality());
    chapters.put("Budgets", budget());
    chapters.put("Releases", deploy());
    chapters.put("Chaos", chaos());
    chapters.put("Audit", audit());
    return chapters;
  }

  private static List<Step> health() {
    return List.of(
        get("/api/health", "/api/health", "Whether it is well, and what is not."),
        get("/metrics", "/metrics", "Prometheus text; not part of the API's description."),
        get("/api/contracts", "/api/contracts", "Every JSON Schema that is enforced."),
        get("/api/contracts/{name}/{version}", "/api/contracts/order-request/1", "One of them."));
  }

  private static List<Step> market() {
    return List.of(
        get("/api/venues/registry", "/api/venues/registry", "Venues, symbols, steps and fees.")
            .keeping("venue", "/venues/0/venue"),
        get("/api/l2/{venue}/{symbol}", "/api/l2/{venue}/BTC-USDT?depth=2", "A live book.")
            .replying(200, 404),
        get(
                "/api/candles/{venue}/{symbol}",
                "/api/candles/{venue}/BTC-USDT?interval=15m&limit=2",
                "Judged candles; longer ones are derived from minutes.")
            .replying(200, 404));
  }

  private static List<Step> orders() {
    return List.of(
        post(
                "/api/orders",
                "/api/orders",
                "{\"symbol\":\"BTC-USDT\",\"side\":\"BUY\",\"quantity\":\"0.01\"}",
                "An immediate order on paper: routed, filled, durable when the reply comes.")
            .keeping("order", "/orderId"),
        get("/api/orders", "/api/orders?limit=1", "The newest orders."),
        get("/api/orders/{orderId}", "/api/orders/{order}", "One of them."),
        get("/api/fills", "/api/fills?limit=1", "The blotter; CSV by `Accept: text/csv`."),
        get("/api/portfolio", "/api/portfolio", "Cash, positions, profit and loss."),
        post(
                "/api/orders",
                "/api/orders",
                "{\"symbol\":\"BTC-USDT\",\"side\":\"BUY\",\"quantity\":\"0.01\","
                    + "\"limitPrice\":\"100\",\"timeInForce\":\"GTC\"}",
                "An order that rests, far below the market.")
            .keeping("resting", "/orderId"),
        post("/api/orders/{orderId}", "/api/orders/{resting}", null, "Cancels it.")
            .by("DELETE")
            .replying(200, 409));
  }

  private static List<Step> router() {
    return List.of(
        get(
            "/api/router/snapshot",
            "/api/router/snapshot?limit=1",
            "Venue scores, and the newest decision with every candidate's costs."));
  }

  private static List<Step> alphas() {
    return List.of(
        get("/api/alpha/registry", "/api/alpha/registry", "Who trades, and with which weight."),
        post(
            "/api/alphas",
            "/api/alphas",
            "{\"alphaId\":\"<mine>\",\"name\":\"Mine\",\"symbols\":[\"BTC-USDT\"],\"weight\":0.5}",
            "One of your own; its signals come by the next call."),
        post(
                "/api/alphas/{id}/signals",
                "/api/alphas/{mine}/signals",
                "{\"symbol\":\"BTC-USDT\",\"value\":0.4,\"horizon\":\"PT1M\",\"at\":\"<now>\"}",
                "Its opinion of a symbol: −1 is short, 1 is long.")
            .replying(200, 201, 202),
        post(
                "/api/alphas/{id}",
                "/api/alphas/{mine}",
                "{\"weight\":0.25,\"reason\":\"shown in the tour\"}",
                "Another weight.")
            .by("PATCH"),
        post("/api/alphas/{id}/pause", "/api/alphas/{mine}/pause", WHY, "Not asked any more."),
        post("/api/alphas/{id}/resume", "/api/alphas/{mine}/resume", WHY, "Asked again."),
        get(
            "/api/alpha/attribution",
            "/api/alpha/attribution?window=1h",
            "Which alpha earned what, by symbol: alone, and as part of the whole."));
  }

  private static List<Step> risk() {
    return List.of(
        get("/api/regime/state", "/api/regime/state", "What kind of market it is."),
        get("/api/exec/sizing/last", "/api/exec/sizing/last", "How the last size came about."),
        get("/api/guards/state", "/api/guards/state", "Every guard, and what it blocked."),
        post("/api/guards/reduce", "/api/guards/reduce", WHY, "Only orders that reduce risk."),
        post("/api/guards/halt", "/api/guards/halt", WHY, "No orders at all."),
        post("/api/guards/resume", "/api/guards/resume", WHY, "Trading again."),
        post(
                "/api/guards/{name}",
                "/api/guards/MAX_NOTIONAL",
                "{\"limit\":\"200000\",\"reason\":\"shown in the tour\"}",
                "A limit of the operator's.")
            .by("PUT"));
  }

  private static List<Step> promotion() {
    return List.of(
        get("/api/pbt/lineage", "/api/pbt/lineage?limit=1", "Who was trained from whom."),
        post(
                "/api/pbt/populations",
                "/api/pbt/populations",
                "{\"alphaId\":\"mean-reversion\",\"members\":4,\"intervalMs\":60000,\"seed\":7}",
                "A population that trains an alpha's parameters in shadow.")
            .keeping("population", "/populationId"),
        post(
                "/api/pbt/populations/{id}/stop",
                "/api/pbt/populations/{population}/stop",
                WHY,
                "It trains no more.")
            .replying(200, 202, 409),
        post(
                "/api/pbt/populations/{id}/start",
                "/api/pbt/populations/{population}/start",
                WHY,
                "It goes on.")
            .replying(200, 202, 409),
        get("/api/promotion/status", "/api/promotion/status", "Every alpha's gates."),
        post(
                "/api/promotion/{alphaId}/approve",
                "/api/promotion/{mine}/approve",
                WHY,
                "Nothing to approve yet: refused, with what may be done.")
            .replying(200, 409),
        post(
                "/api/promotion/{alphaId}/demote",
                "/api/promotion/momentum/demote",
                WHY,
                "A stage down, by the operator.")
            .replying(200, 409),
        post(
                "/api/promotion/{alphaId}/retire",
                "/api/promotion/{mine}/retire",
                WHY,
                "Over for good.")
            .replying(200, 409));
  }

  private static List<Step> reports() {
    return List.of(
        get(
            "/api/report/alpha-pnl",
            "/api/report/alpha-pnl?window=1h",
            "Profit and loss by alpha, with leave-one-out and Shapley."),
        get("/api/report/risk", "/api/report/risk?window=1h", "Volatility, tail, drawdown, costs."),
        get("/api/report/venue", "/api/report/venue?window=1h", "How well each venue filled."));
  }

  private static List<Step> quality() {
    return List.of(
        get("/api/features", "/api/features", "What features there are."),
        post(
                "/api/features/{symbol}/{name}",
                "/api/features/BTC-USDT/myView",
                "{\"eventTime\":\"<now>\",\"value\":0.5}",
                "A value of your own.")
            .by("PUT"),
        get(
            "/api/features/{symbol}/{name}",
            "/api/features/BTC-USDT/rsi?limit=1",
            "Values, each with when it became known."),
        post(
                "/api/features/parity/run",
                "/api/features/parity/run",
                null,
                "Compares the engine's values with a recomputation, now.")
            .replying(200, 503),
        get("/api/features/parity", "/api/features/parity", "What was found."),
        get("/api/data-quality/stats", "/api/data-quality/stats", "Every record accounted for."),
        get(
                "/api/data-quality/quarantine",
                "/api/data-quality/quarantine?limit=1",
                "Bad records, with the raw text.")
            .keeping("record", "/records/0/quarantineId"),
        post(
                "/api/data-quality/quarantine/{id}/release",
                "/api/data-quality/quarantine/{record}/release",
                WHY,
                "Judged again by the same guard; 404 where nothing is in quarantine.")
            .replying(200, 404, 409, 422),
        post(
                "/api/data-quality/quarantine/{id}/discard",
                "/api/data-quality/quarantine/{record}/discard",
                WHY,
                "Ruled bad.")
            .replying(200, 404, 409, 422));
  }

  private static List<Step> budget() {
    return List.of(
        get("/api/budget/status", "/api/budget/status", "What may still be asked of whom."),
        get("/api/budget/ledger", "/api/budget/ledger?limit=1", "Every external call."),
        post(
                "/api/budget/providers/{provider}",
                "/api/budget/providers/{venue}",
                "{\"capabilities\":[{\"capability\":\"PRICE\",\"costMicros\":0}]}",
                "Other terms; refused here, since a whole provider must be named.")
            .by("PUT")
            .replying(200, 422));
  }

  private static List<Step> deploy() {
    return List.of(
        post(
                "/api/deploy/candidates",
                "/api/deploy/candidates",
                "{\"release\":\"<release>\",\"policy\":{\"router\":{\"maxAgeMs\":2500}},"
                    + "\"pace\":\"demo\"}",
                "Another release on trial.")
            .keeping("rollout", "/rolloutId"),
        get("/api/deploy/status", "/api/deploy/status", "Where it stands, with the evidence."),
        post("/api/deploy/{rolloutId}/pause", "/api/deploy/{rollout}/pause", WHY, "Held.")
            .replying(200, 409),
        post("/api/deploy/{rolloutId}/resume", "/api/deploy/{rollout}/resume", WHY, "Goes on.")
            .replying(200, 409),
        post(
                "/api/deploy/{rolloutId}/promote",
                "/api/deploy/{rollout}/promote",
                WHY,
                "A stage on by hand, if its verdicts allow it.")
            .replying(200, 409),
        post("/api/deploy/{rolloutId}/abort", "/api/deploy/{rollout}/abort", WHY, "Over.")
            .replying(200, 409));
  }

  private static List<Step> chaos() {
    return List.of(
        post(
                "/api/chaos/inject",
                "/api/chaos/inject",
                "{\"type\":\"l2_gap\"}",
                "Messages are lost on the way from a venue.")
            .keeping("experiment", "/experimentId"),
        get("/api/chaos/status", "/api/chaos/status", "What was done, and what held meanwhile."),
        post(
                "/api/chaos/{experimentId}/stop",
                "/api/chaos/{experiment}/stop",
                null,
                "Undone before its time.")
            .replying(200, 409),
        post("/api/chaos/lever", "/api/chaos/lever", WHY, "Everything off, and nothing new."),
        post("/api/chaos/lever", "/api/chaos/lever", WHY, "Faults may be injected again.")
            .by("DELETE"));
  }

  private static List<Step> audit() {
    return List.of(
        get(
            "/api/audit/latest",
            "/api/audit/latest?limit=1",
            "Who decided what, with the hashes of its inputs."),
        post(
            "/api/portfolio/reset",
            "/api/portfolio/reset",
            WHY,
            "A new paper account; the history stays."));
  }
}
