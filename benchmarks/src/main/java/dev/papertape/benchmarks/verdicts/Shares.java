package dev.papertape.benchmarks.verdicts;

import dev.papertape.contracts.deploy.Slo;

/** The true share of bad samples of one arm, by SLO; each 0 to 1. */
record Shares(double latency, double errors, double qos) {
  double of(Slo slo) {
    return switch (slo) {
      case P95_LATENCY -> latency;
      case ERROR_RATE -> errors;
      case ROUTER_QOS -> qos;
    };
  }
}
