package dev.papertape.command.engine;

import dev.papertape.command.deploy.Releases;
import dev.papertape.command.engine.FactSink.EngineFact;
import dev.papertape.contracts.alpha.AlphaSpec;
import dev.papertape.contracts.deploy.DeployEvent.SlosObserved;
import dev.papertape.contracts.guards.GuardsEvent.GuardSeen;
import dev.papertape.contracts.market.Venue;
import dev.papertape.contracts.regime.RegimeEvent.RegimeChanged;
import dev.papertape.eventstore.append.Appended;
import java.util.List;
import java.util.Set;

/** Follows the lives of the engine in this process: one at a time, each begun once, ended once. */
public interface LifeListener {
  /** A life begins that will be fed by these venues; nothing of it is durable yet. */
  void began(Set<Venue> venues);

  /** Told of every unit of work of the engine that is in the log, in order. */
  void durable(List<EngineFact> facts, Appended appended);

  /** What the log says of the symbols' regimes as the life begins. */
  default void regimes(List<RegimeChanged> lastTold) {}

  /** The life goes on from these counts of a rollout, which are in the log already. */
  default void recovered(SlosObserved observed) {}

  /** From here on the engine is told to decide under these. */
  default void released(Releases releases) {}

  /** What an earlier life left tripped. */
  default void tripped(List<GuardSeen> guards) {}

  /** From here on the engine is told to ask these alphas; all of them, as the registry has them. */
  default void alphas(List<AlphaSpec> alphas) {}

  /** The life is over: this process stands by until another begins. */
  void ended();

  /** Tells each in turn. */
  static LifeListener all(LifeListener... listeners) {
    List<LifeListener> each = List.of(listeners);
    return new LifeListener() {
      @Override
      public void began(Set<Venue> venues) {
        each.forEach(listener -> listener.began(venues));
      }

      @Override
      public void durable(List<EngineFact> facts, Appended appended) {
        each.forEach(listener -> listener.durable(facts, appended));
      }

      @Override
      public void regimes(List<RegimeChanged> lastTold) {
        each.forEach(listener -> listener.regimes(lastTold));
      }

      @Override
      public void recovered(SlosObserved observed) {
        each.forEach(listener -> listener.recovered(observed));
      }

      @Override
      public void released(Releases releases) {
        each.forEach(listener -> listener.released(releases));
      }

      @Override
      public void tripped(List<GuardSeen> guards) {
        each.forEach(listener -> listener.tripped(guards));
      }

      @Override
      public void alphas(List<AlphaSpec> alphas) {
        each.forEach(listener -> listener.alphas(alphas));
      }

      @Override
      public void ended() {
        each.forEach(LifeListener::ended);
      }
    };
  }
}
