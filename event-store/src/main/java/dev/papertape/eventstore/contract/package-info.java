/**
 * Versioned JSON Schemas of what crosses a boundary, found on the class path, and whether a JSON
 * value keeps one. Called by the HTTP edge and by whoever takes JSON in; knows no contract by name
 * and never reads the network.
 */
@NullMarked
package dev.papertape.eventstore.contract;

import org.jspecify.annotations.NullMarked;
