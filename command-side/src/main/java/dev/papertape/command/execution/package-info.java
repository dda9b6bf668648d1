/**
 * Paper fills, the order's life, the paper account. Pure functions and state owned by the engine's
 * thread.
 */
@NullMarked
package dev.papertape.command.execution;

import org.jspecify.annotations.NullMarked;
