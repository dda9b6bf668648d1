/**
 * How a rollout goes: pure rules, state and command in, events out.
 *
 * <ul>
 *   <li>{@link dev.papertape.command.deploy.rollout.RolloutRules}: {@code decide(Deployment,
 *       DeployCommand)} gives events or throws {@link
 *       dev.papertape.command.deploy.rollout.WrongRolloutState} or {@link
 *       dev.papertape.command.deploy.rollout.UnknownRollout}; {@code after(Deployment,
 *       RolloutEvent)} folds. An aggregate keeps the {@link
 *       dev.papertape.command.deploy.rollout.Deployment}, nothing else.
 *   <li>{@link dev.papertape.command.deploy.rollout.ArmAssignment}: which arm an intent belongs to.
 *   <li>{@link dev.papertape.command.deploy.rollout.SloTally}: counts one SLO's samples as the
 *       evidence needs them.
 *   <li>{@link dev.papertape.command.deploy.rollout.Recomputation}: makes every recorded transition
 *       again from the log.
 * </ul>
 */
@NullMarked
package dev.papertape.command.deploy.rollout;

import org.jspecify.annotations.NullMarked;
