/**
 * What Axon needs beside the storage engine: a message source that is woken, origin metadata on
 * every message, auto-configurations kept out. Wired by the root package; decides nothing.
 */
@NullMarked
package dev.papertape.eventstore.axon;

import org.jspecify.annotations.NullMarked;
