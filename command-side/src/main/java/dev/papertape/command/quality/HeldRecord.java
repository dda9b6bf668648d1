package dev.papertape.command.quality;

import dev.papertape.contracts.market.Symbol;
import dev.papertape.contracts.market.Venue;
import dev.papertape.contracts.quality.Channel;
import dev.papertape.contracts.quality.QualityReason;
import dev.papertape.contracts.quality.RawEncoding;
import dev.papertape.contracts.quality.StreamCounts;
import java.time.Instant;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A record that was just put aside.
 *
 * @param symbol null for a frame that cannot be told to be of any symbol
 * @param counts of its stream as they stand when asked, this record among them
 * @param openTime of a bar: what a later judgement names it by; null of anything else
 */
public record HeldRecord(
    Venue venue,
    @Nullable Symbol symbol,
    Channel channel,
    QualityReason reason,
    String detail,
    Map<String, String> evidence,
    RawEncoding encoding,
    RawText raw,
    Instant receivedAt,
    Supplier<StreamCounts> counts,
    @Nullable Instant openTime) {}
