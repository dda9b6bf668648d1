package dev.papertape.contracts.router;

import dev.papertape.contracts.market.Venue;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the router decided, and why.
 *
 * @param candidates every venue that lists the symbol, ordered by venue name
 * @param legs where the order goes, largest first (ties by venue name); empty when unroutable
 * @param unroutedQuantity what no eligible venue shows liquidity for; 0 when wholly routed
 * @param reason why it is unroutable, null when routed
 */
public record RoutingDecision(
    List<Candidate> candidates,
    List<Leg> legs,
    BigDecimal unroutedQuantity,
    @Nullable String reason) {

  /**
   * A venue with its gate or its cost terms, all in basis points of the common mid.
   *
   * @param gate reason code of the first gate that shut, null when eligible
   * @param vwap for the whole quantity (or for what the book shows), null when gated
   * @param priceBps side · (vwap − refMid) / refMid
   * @param allInBps sum of the terms
   */
  public record Candidate(
      Venue venue,
      boolean eligible,
      @Nullable String gate,
      @Nullable BigDecimal vwap,
      @Nullable BigDecimal coveredQuantity,
      @Nullable Double priceBps,
      @Nullable Double feeBps,
      @Nullable Double latencyBps,
      @Nullable Double failBps,
      @Nullable Double rejectBps,
      @Nullable Double allInBps,
      double qos) {}

  /**
   * A part of the order at one venue.
   *
   * @param quantity base units, a multiple of the venue's lot
   * @param limit worst price the leg may pay, null for none
   */
  public record Leg(Venue venue, BigDecimal quantity, @Nullable BigDecimal limit) {}
}
