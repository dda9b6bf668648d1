/**
 * The one engine thread: merges inputs in a fixed order, keeps feed time, decides, hands facts to
 * the journal. Owns no rule; every rule stands in its context. Runs under a lease with an epoch.
 */
@NullMarked
package dev.papertape.command.engine;

import org.jspecify.annotations.NullMarked;
