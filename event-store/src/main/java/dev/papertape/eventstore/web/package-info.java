/**
 * What every process over this log needs at its HTTP edge: position headers, read-after,
 * idempotency keys, problem details, strict bodies. Knows no context.
 */
@NullMarked
package dev.papertape.eventstore.web;

import org.jspecify.annotations.NullMarked;
