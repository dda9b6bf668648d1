/**
 * Writes what connectors receive into files that {@code recorded} plays back. Called by the {@code
 * record} verb. Never changes a frame and never decides a trade.
 */
@NullMarked
package dev.papertape.command.market.recorder;

import org.jspecify.annotations.NullMarked;
