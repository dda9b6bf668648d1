/**
 * Promotion of alphas: the pure rules over their gates, the aggregate around them, and the
 * conductor that has the gates measured once a feed minute. Never trades and never changes an alpha
 * itself: the registry follows the log.
 */
@NullMarked
package dev.papertape.command.promotion;

import org.jspecify.annotations.NullMarked;
