/**
 * Provenance: the hashes that tie a decision to its inputs. Written with every decision; read by
 * the audit routes. Never decides anything.
 */
@NullMarked
package dev.papertape.contracts.audit;

import org.jspecify.annotations.NullMarked;
