package dev.papertape.query.execution;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.papertape.contracts.execution.OrderFillView;

/** A fill in the blotter; {@code position} is that of its event and pages the list. */
record FillRow(@JsonUnwrapped OrderFillView fill, long position) {}
