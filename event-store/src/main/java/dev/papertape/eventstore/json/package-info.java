/**
 * Canonical JSON (RFC 8785): the bytes that are stored and hashed, and the names under which
 * payloads are stored. Called by whoever writes, hashes or reads payloads; does no I/O.
 */
@NullMarked
package dev.papertape.eventstore.json;

import org.jspecify.annotations.NullMarked;
