/** Canonical JSON (RFC 8785): the bytes that are stored and hashed. */
@NullMarked
package dev.papertape.eventstore.json;

import org.jspecify.annotations.NullMarked;
