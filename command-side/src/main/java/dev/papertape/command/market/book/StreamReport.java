package dev.papertape.command.market.book;

import dev.papertape.contracts.market.Symbol;
import dev.papertape.contracts.market.Venue;
import dev.papertape.contracts.quality.Channel;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Counts of one stream since start; the unit is one message. Messages that wait for a snapshot are
 * received but neither accepted nor rejected yet.
 *
 * @param rejected duplicates, stale ones, those that broke a book or were discarded with it
 * @param malformed those of this stream that did not parse
 * @param gaps how often messages were missing
 * @param resyncs how often the book was synced, the first time included
 * @param lastAt receive time of the newest, null before the first
 */
public record StreamReport(
    Venue venue,
    Symbol symbol,
    Channel channel,
    long received,
    long accepted,
    long rejected,
    long malformed,
    long gaps,
    long resyncs,
    @Nullable Instant lastAt) {}
