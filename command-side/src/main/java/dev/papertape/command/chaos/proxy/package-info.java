/**
 * The fault proxy: loopback servers between the connectors and the venues, in dev only. Forwards
 * HTTP and WebSocket as they are while no fault is on. Decides nothing.
 */
@NullMarked
package dev.papertape.command.chaos.proxy;

import org.jspecify.annotations.NullMarked;
