package dev.papertape.contracts.execution;

/** Where an order is in its life. */
public enum OrderStatus {
  ACCEPTED,
  WORKING,
  PARTIALLY_FILLED,
  FILLED,
  CANCELLED,
  EXPIRED,
  BLOCKED,
  UNROUTABLE;

  public boolean isTerminal() {
    return switch (this) {
      case ACCEPTED, WORKING, PARTIALLY_FILLED -> false;
      case FILLED, CANCELLED, EXPIRED, BLOCKED, UNROUTABLE -> true;
    };
  }
}
