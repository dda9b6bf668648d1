/**
 * What a routing decision is: its inputs, every candidate with its gate or cost terms, its legs.
 * Written by the router in the engine; read by projections and the audit. Never holds an order's
 * fills.
 */
@NullMarked
package dev.papertape.contracts.router;

import org.jspecify.annotations.NullMarked;
