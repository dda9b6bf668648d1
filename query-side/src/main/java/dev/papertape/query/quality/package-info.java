/**
 * What the guards found in market data: counts of every stream that add up, and the quarantined
 * records. Reads events only; decides nothing.
 */
@NullMarked
package dev.papertape.query.quality;

import org.jspecify.annotations.NullMarked;
