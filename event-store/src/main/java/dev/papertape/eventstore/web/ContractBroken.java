package dev.papertape.eventstore.web;

import dev.papertape.eventstore.contract.Breach;
import dev.papertape.eventstore.contract.Contract;
import java.util.List;
import java.util.stream.Collectors;

/** A response of ours breaks its contract: a bug, and where it is looked for, a failure. */
final class ContractBroken extends RuntimeException {
  private static final long serialVersionUID = 1L;

  ContractBroken(Contract contract, List<Breach> breaches) {
    super(sentence(contract, breaches), null, false, false);
  }

  static String sentence(Contract contract, List<Breach> breaches) {
    return "a response breaks its contract "
        + contract
        + ": "
        + breaches.stream()
            .limit(20)
            .map(breach -> "'" + breach.pointer() + "' " + breach.message())
            .collect(Collectors.joining("; "));
  }
}
