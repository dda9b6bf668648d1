package dev.papertape.eventstore.market;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One minute of one symbol at one venue, as it stands or stood in the table.
 *
 * @param openTime start of the minute, to the microsecond
 * @param volume in the base asset
 * @param vwap volume-weighted mean price; null where the source has none
 * @param trades number of trades; null where the source has none
 * @param source {@code STREAM}, {@code REST} or {@code TRADES}
 * @param state {@code ACCEPTED}, {@code FLAGGED} or {@code QUARANTINED}
 * @param reasons reason codes, the gravest first; empty when accepted without remark
 * @param revision 0 for what came first; ignored in what is written
 */
public record StoredCandle(
    String venue,
    String symbol,
    Instant openTime,
    BigDecimal open,
    BigDecimal high,
    BigDecimal low,
    BigDecimal close,
    BigDecimal volume,
    @Nullable BigDecimal vwap,
    @Nullable Long trades,
    String source,
    String state,
    List<String> reasons,
    Instant receivedAt,
    int revision) {
  public static final String ACCEPTED = "ACCEPTED";
  public static final String FLAGGED = "FLAGGED";
  public static final String QUARANTINED = "QUARANTINED";

  public StoredCandle {
    reasons = List.copyOf(reasons);
  }
}
