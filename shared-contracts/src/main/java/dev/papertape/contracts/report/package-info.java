/**
 * The figures of reports as pure functions: returns and their statistics, the deflated Sharpe
 * ratio, costs of execution, and what each player brought to a game. Definitions: Papertape's
 * metrics reference. Used by both sides, so that a gate and a report mean the same. Holds no state.
 */
@NullMarked
package dev.papertape.contracts.report;

import org.jspecify.annotations.NullMarked;
