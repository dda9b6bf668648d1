/**
 * Fault experiments: their rules (pure), the desk's aggregate, the runner that applies and takes
 * back. Knows no wire and no socket; {@code fault} and {@code proxy} do.
 */
@NullMarked
package dev.papertape.command.chaos;

import org.jspecify.annotations.NullMarked;
