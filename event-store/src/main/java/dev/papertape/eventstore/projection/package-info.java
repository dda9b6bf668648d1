/**
 * The batch-native processor: folds events into rows and writes rows and position in one
 * transaction. Called by the query side. Knows no event by name.
 */
@NullMarked
package dev.papertape.eventstore.projection;

import org.jspecify.annotations.NullMarked;
