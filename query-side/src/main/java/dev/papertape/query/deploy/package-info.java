/**
 * Shows releases and rollouts: the active one, the newest rollout with its evidence, the history.
 */
@NullMarked
package dev.papertape.query.deploy;

import org.jspecify.annotations.NullMarked;
