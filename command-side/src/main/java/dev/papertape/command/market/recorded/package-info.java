/**
 * Plays captures of venues through the live decoders, merged by receive time. Called by the
 * engine's feed and the command line's {@code play}. Never changes what was recorded, never skips
 * silently.
 */
@NullMarked
package dev.papertape.command.market.recorded;

import org.jspecify.annotations.NullMarked;
