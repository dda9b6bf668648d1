/** Tests; support classes here are for them alone. */
@NullMarked
package dev.papertape.simulator.binance;

import org.jspecify.annotations.NullMarked;
