/**
 * Shows the log itself, event by event, with one sentence each. Reads the log, owns no table, never
 * writes.
 */
@NullMarked
package dev.papertape.query.audit;

import org.jspecify.annotations.NullMarked;
