/** Reading the event log: by position, by stream, tailing. Never writes. */
@NullMarked
package dev.papertape.eventstore.log;

import org.jspecify.annotations.NullMarked;
