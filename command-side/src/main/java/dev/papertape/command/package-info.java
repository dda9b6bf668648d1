/**
 * The command side's assembly: settings, venues, Spring configuration, main class. Puts the
 * contexts together and owns no rule.
 */
@NullMarked
package dev.papertape.command;

import org.jspecify.annotations.NullMarked;
