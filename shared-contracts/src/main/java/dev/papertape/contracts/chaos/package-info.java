/**
 * Fault experiments: their commands and events, all in one stream, because one experiment a target
 * and the safety lever are one rule. Written by the chaos desk's aggregate. Never says how a fault
 * is made.
 */
@NullMarked
package dev.papertape.contracts.chaos;

import org.jspecify.annotations.NullMarked;
