package dev.papertape.eventstore.features;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;

/**
 * What the sampled features of one second are made of.
 *
 * @param at feed time of the sample, which is also when it was known
 * @param bids best levels, best first, at least one
 * @param asks best levels, best first, at least one
 * @param bought by takers since the sample before, base units
 * @param sold by takers since the sample before, base units
 */
public record BookSample(
    String venue,
    String symbol,
    Instant at,
    long epoch,
    long frame,
    List<Level> bids,
    List<Level> asks,
    BigDecimal bought,
    BigDecimal sold) {

  /** Exact, as the book had it. */
  public record Level(BigDecimal price, BigDecimal quantity) {}
}
