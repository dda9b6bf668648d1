/** Tests; support classes here are for them alone. */
@NullMarked
package dev.papertape.simulator.server;

import org.jspecify.annotations.NullMarked;
