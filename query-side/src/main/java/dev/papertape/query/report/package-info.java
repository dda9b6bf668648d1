/**
 * Shows how the whole system is: its log, its projections, its processes. Reads what they say;
 * repairs nothing.
 */
@NullMarked
package dev.papertape.query.report;

import org.jspecify.annotations.NullMarked;
