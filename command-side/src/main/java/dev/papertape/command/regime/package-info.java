/**
 * What kind of market each symbol is in, from past data only: causal features over bars, a hidden
 * Markov model of volatility, rules with hysteresis. Pure; {@link
 * dev.papertape.command.regime.RegimeWatch} is the engine's way in. Decides no trade.
 */
@NullMarked
package dev.papertape.command.regime;

import org.jspecify.annotations.NullMarked;
