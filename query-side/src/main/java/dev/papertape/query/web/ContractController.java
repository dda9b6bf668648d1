package dev.papertape.query.web;

import dev.papertape.eventstore.contract.Contract;
import dev.papertape.eventstore.contract.Contracts;
import dev.papertape.eventstore.contract.Role;
import dev.papertape.eventstore.contract.Route;
import dev.papertape.eventstore.web.Positioned;
import dev.papertape.eventstore.web.Problem;
import dev.papertape.eventstore.web.QueryReader;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** {@code GET /api/contracts} and {@code GET /api/contracts/{name}/{version}}. */
@RestController
final class ContractController {
  private static final MediaType SCHEMA = MediaType.valueOf("application/schema+json");

  /** In front of name and version. */
  static final String HREF = "/api/contracts/";

  private final Contracts contracts;
  private final Clock clock;

  ContractController(Contracts contracts, Clock clock) {
    this.contracts = contracts;
    this.clock = clock;
  }

  record ContractList(List<ContractView> contracts) {}

  /**
   * @param id the document's {@code $id}
   * @param sha256 of the document, lower-case hex
   * @param href where the document is served
   */
  record ContractView(
      String name,
      int version,
      Role role,
      String title,
      List<String> routes,
      String id,
      String sha256,
      String href) {
    static ContractView of(Contract contract) {
      return new ContractView(
          contract.name(),
          contract.version(),
          contract.role(),
          contract.title(),
          contract.routes().stream().map(Route::toString).toList(),
          contract.id(),
          contract.sha256(),
          HREF + contract.label());
    }
  }

  @GetMapping("/api/contracts")
  Positioned<ContractList> list(QueryReader query) {
    query.done();
    List<ContractView> all = contracts.all().stream().map(ContractView::of).toList();
    return new Positioned<>(new ContractList(all), clock.instant(), 0);
  }

  /** Never changes, so whoever has it need not ask again. */
  @GetMapping("/api/contracts/{name}/{version}")
  ResponseEntity<String> document(
      @PathVariable String name, @PathVariable String version, QueryReader query) {
    query.done();
    Contract contract =
        contracts.all().stream()
            .filter(each -> each.label().equals(name + "/" + version))
            .findFirst()
            .orElseThrow(
                () ->
                    Problem.unknown("contract", name + "/" + version, contracts.all())
                        .asException());
    return ResponseEntity.ok()
        .contentType(SCHEMA)
        .eTag("\"" + contract.sha256() + "\"")
        .cacheControl(CacheControl.maxAge(Duration.ofDays(365)).cachePublic().immutable())
        .body(contract.document());
  }
}
