/**
 * Releases and their way from a shadow to all of the traffic: what a policy bundle is, how a
 * rollout goes, what was counted and what was concluded from the counts. Written by the deployment
 * aggregate (stream {@code deploy:paper}) and by the engine (streams {@code slo:<rolloutId>}).
 */
@NullMarked
package dev.papertape.contracts.deploy;

import org.jspecify.annotations.NullMarked;
