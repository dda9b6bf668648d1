/**
 * Live sockets and REST calls to venues: the only place with HTTP clients. Puts decoded inputs into
 * the engine's queue, fetches snapshots that the engine asks for. Never touches a book.
 */
@NullMarked
package dev.papertape.command.market.connector;

import org.jspecify.annotations.NullMarked;
