/** Names of what guards find in market data: streams, reasons, and what became of bad records. */
@NullMarked
package dev.papertape.contracts.quality;

import org.jspecify.annotations.NullMarked;
