/**
 * What every context of the query side shares: reading events and views as JSON, reading rows
 * together with the position they stand for. Called by projections and controllers; knows none.
 */
@NullMarked
package dev.papertape.query;

import org.jspecify.annotations.NullMarked;
