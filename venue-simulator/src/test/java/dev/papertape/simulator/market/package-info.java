/** Tests; support classes here are for them alone. */
@NullMarked
package dev.papertape.simulator.market;

import org.jspecify.annotations.NullMarked;
