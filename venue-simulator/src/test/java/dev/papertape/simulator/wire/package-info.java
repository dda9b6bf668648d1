/** Tests; support classes here are for them alone. */
@NullMarked
package dev.papertape.simulator.wire;

import org.jspecify.annotations.NullMarked;
