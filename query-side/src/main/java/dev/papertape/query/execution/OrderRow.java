package dev.papertape.query.execution;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.papertape.contracts.execution.OrderView;

/** An order in a list; {@code position} is that of its first event and pages the list. */
record OrderRow(@JsonUnwrapped OrderView order, long position) {}
