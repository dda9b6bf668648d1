package dev.papertape.contracts.router;

import dev.papertape.contracts.DomainEvent;
import dev.papertape.contracts.audit.Provenance;
import java.time.Instant;

/** A routing decision: stream {@code order:<orderId>}. One order is decided exactly once. */
public sealed interface RouterEvent extends DomainEvent {
  String orderId();

  String decisionId();

  RoutingContext context();

  RoutingDecision decision();

  Provenance provenance();

  Instant feedTime();

  /** The order goes to at least one venue. */
  record OrderRouted(
      String orderId,
      String decisionId,
      RoutingContext context,
      RoutingDecision decision,
      Provenance provenance,
      Instant feedTime)
      implements RouterEvent {}

  /** No venue may take the order; every candidate's gate is in the decision. */
  record OrderUnroutable(
      String orderId,
      String decisionId,
      RoutingContext context,
      RoutingDecision decision,
      Provenance provenance,
      Instant feedTime)
      implements RouterEvent {}
}
