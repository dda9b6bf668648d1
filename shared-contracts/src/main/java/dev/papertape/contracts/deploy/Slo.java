package dev.papertape.contracts.deploy;

/** What a release is held to; each is a yes-or-no event of one intent, counted when it is bad. */
public enum Slo {
  /** Feed time from intent to last fill or expiry was longer than the threshold. */
  P95_LATENCY,
  /** An exception, no venue to route to, or a contract violation. */
  ERROR_RATE,
  /** All-in cost was worse than the other policy's choice on the same inputs, by a threshold. */
  ROUTER_QOS
}
