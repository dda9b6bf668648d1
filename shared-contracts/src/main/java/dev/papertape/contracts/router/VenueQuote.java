package dev.papertape.contracts.router;

import dev.papertape.contracts.market.BookState;
import dev.papertape.contracts.market.Venue;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the router saw of one venue.
 *
 * @param sequence the venue's sequence of the book, null where it has none
 * @param exchangeTime the venue's time of the newest message, null if it sends none
 * @param receivedAt receive time of the newest message, null before the first
 * @param ageMs feed time minus {@code receivedAt}
 * @param bestBid price, null for an empty side
 * @param topLevelsHash lower-case hex SHA-256 of {@code B|p:q;…|A|p:q;…} over the 20 best levels a
 *     side, plain decimals
 * @param levels the levels of the side that the order takes, best first, up to the first that
 *     covers the quantity at the policy's participation
 * @param takerFeeBps fee of taking, in bps of notional
 * @param latencyP95Ms 95th percentile of the order's way, in ms
 * @param volatility1sBps standard deviation of the mid over one second, in bps
 * @param fillProbability in [0, 1]
 * @param adverseMoveBps expected move against the order if it does not fill
 * @param rejectRate in [0, 1]
 * @param qos score in [0, 1]
 * @param closedBy reason code for which the control plane keeps orders away from the whole venue
 *     ({@code BREAKER_OPEN}, {@code BUDGET_EXHAUSTED}), null when it may be used
 */
public record VenueQuote(
    Venue venue,
    BookState state,
    @Nullable Long sequence,
    @Nullable Instant exchangeTime,
    @Nullable Instant receivedAt,
    @Nullable Long ageMs,
    @Nullable BigDecimal bestBid,
    @Nullable BigDecimal bestAsk,
    @Nullable String topLevelsHash,
    List<QuotedLevel> levels,
    BigDecimal lotSize,
    BigDecimal minNotional,
    double takerFeeBps,
    double latencyP95Ms,
    double volatility1sBps,
    double fillProbability,
    double adverseMoveBps,
    double rejectRate,
    double qos,
    @Nullable String closedBy) {
  /** One book level. */
  public record QuotedLevel(BigDecimal price, BigDecimal quantity) {}
}
