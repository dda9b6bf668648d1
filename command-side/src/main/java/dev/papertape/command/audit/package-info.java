/** Provenance hashes of decisions. Pure; called by the engine. */
@NullMarked
package dev.papertape.command.audit;

import org.jspecify.annotations.NullMarked;
