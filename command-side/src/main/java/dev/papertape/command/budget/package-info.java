/**
 * Owns what is spent at providers: their ledgers, the one gate through which every external request
 * goes, and the choice among providers that can serve the same.
 */
@NullMarked
package dev.papertape.command.budget;

import org.jspecify.annotations.NullMarked;
