/**
 * Venues' messages and the contracts that they say they keep; checks what comes in and is not hot.
 * Never on the engine's thread.
 */
@NullMarked
package dev.papertape.command.market.contract;

import org.jspecify.annotations.NullMarked;
