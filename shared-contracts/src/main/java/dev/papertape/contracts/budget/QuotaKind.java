package dev.papertape.contracts.budget;

/** What a quota counts. */
public enum QuotaKind {
  /** Requests. */
  CALLS,
  /** The provider's own weights of requests. */
  WEIGHT,
  /** Orders placed. */
  ORDERS,
  /** Money, in millionths of the provider's currency. */
  COST
}
