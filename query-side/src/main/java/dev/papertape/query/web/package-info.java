/**
 * What the program says of its own HTTP interface: the contracts, and OpenAPI made of them. Knows
 * no context's data.
 */
@NullMarked
package dev.papertape.query.web;

import org.jspecify.annotations.NullMarked;
