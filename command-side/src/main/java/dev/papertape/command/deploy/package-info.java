/**
 * Releases and rollouts: the aggregate over the pure rules, what the engine decides under, the
 * samples it takes of both arms, and the conductor that has them judged. Never routes.
 */
@NullMarked
package dev.papertape.command.deploy;

import org.jspecify.annotations.NullMarked;
