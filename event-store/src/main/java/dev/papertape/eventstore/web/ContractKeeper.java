package dev.papertape.eventstore.web;

import com.fasterxml.jackson.databind.JsonNode;
import dev.papertape.eventstore.contract.Breach;
import dev.papertape.eventstore.contract.Contract;
import dev.papertape.eventstore.contract.ContractCounts;
import dev.papertape.eventstore.contract.Contracts;
import dev.papertape.eventstore.contract.Role;
import dev.papertape.eventstore.contract.Route;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.servlet.HandlerMapping;

/** Knows which contracts the bodies of a request keep, and counts those that do not. */
final class ContractKeeper {
  private static final Logger log = LoggerFactory.getLogger(ContractKeeper.class);

  private final Contracts contracts;
  private final ContractCounts counts;
  private final ResponseChecking checking;
  private final Optional<Contract> problem;

  ContractKeeper(Contracts contracts, ContractCounts counts, ResponseChecking checking) {
    this.contracts = contracts;
    this.counts = counts;
    this.checking = checking;
    this.problem = contracts.find("problem", 1);
  }

  Optional<Contract> ofRequest(HttpServletRequest request) {
    return of(Role.REQUEST, request);
  }

  Optional<Contract> queryOf(HttpServletRequest request) {
    return of(Role.QUERY, request);
  }

  boolean checksResponses() {
    return checking != ResponseChecking.OFF;
  }

  /** A request broke its contract, or a rule that goes with it. */
  void refused(HttpServletRequest request) {
    ofRequest(request).ifPresent(counts::violated);
  }

  /**
   * @throws ContractBroken where that is to fail
   */
  void checkResponse(HttpServletRequest request, JsonNode body) {
    of(Role.RESPONSE, request).ifPresent(contract -> check(contract, body));
  }

  /** Only said and counted: a problem is the last thing that can be answered. */
  void checkProblem(JsonNode body) {
    problem.ifPresent(
        contract -> {
          List<Breach> breaches = contract.breaches(body);
          if (!breaches.isEmpty()) {
            say(contract, breaches);
          }
        });
  }

  private void check(Contract contract, JsonNode body) {
    List<Breach> breaches = contract.breaches(body);
    if (!breaches.isEmpty()) {
      say(contract, breaches);
      if (checking == ResponseChecking.FAIL) {
        throw new ContractBroken(contract, breaches);
      }
    }
  }

  private void say(Contract contract, List<Breach> breaches) {
    counts.violated(contract);
    log.error("{}", ContractBroken.sentence(contract, breaches));
  }

  private Optional<Contract> of(Role role, HttpServletRequest request) {
    return request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE)
            instanceof String pattern
        ? contracts.of(role, new Route(request.getMethod(), pattern))
        : Optional.empty();
  }
}
