package dev.papertape.contracts.guards;

import dev.papertape.contracts.DomainEvent;

/** The trading state's life: stream {@code trading-state}. */
public sealed interface GuardsEvent extends DomainEvent {
  String reason();

  record TradingHalted(String tradingStateId, String reason) implements GuardsEvent {}

  record TradingReduced(String tradingStateId, String reason) implements GuardsEvent {}

  record TradingResumed(String tradingStateId, String reason) implements GuardsEvent {}
}
