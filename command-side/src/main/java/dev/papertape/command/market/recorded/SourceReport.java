package dev.papertape.command.market.recorded;

import dev.papertape.contracts.market.Venue;
import org.jspecify.annotations.Nullable;

/**
 * What was read of one file so far.
 *
 * @param file its name without folders
 * @param frames lines, those that did not parse included
 * @param malformed lines that did not parse, one cut in its middle included
 * @param damage what is wrong with the file itself, null if nothing was found
 */
public record SourceReport(
    String file, Venue venue, long frames, long malformed, @Nullable String damage) {}
