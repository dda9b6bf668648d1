/** Tests; support classes here are for them alone. */
@NullMarked
package dev.papertape.simulator.config;

import org.jspecify.annotations.NullMarked;
