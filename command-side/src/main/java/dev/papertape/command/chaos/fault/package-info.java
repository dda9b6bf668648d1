/**
 * What each fault does to the messages of each wire: pure, no socket, no clock of its own. Called
 * by the proxy for every message that a venue sends.
 */
@NullMarked
package dev.papertape.command.chaos.fault;

import org.jspecify.annotations.NullMarked;
