/**
 * Every route of a running system once, as a page for people: the calls, and what was answered.
 * Called by the verb {@code tour}; knows the routes only by their HTTP contract.
 */
@NullMarked
package dev.papertape.standalone.tour;

import org.jspecify.annotations.NullMarked;
