package dev.papertape.command.chaos;

import dev.papertape.contracts.chaos.ChaosEvent.ExperimentStarted;

/** Where faults are switched on and off: the transport to the venues. Thread-safe. */
public interface FaultPort {
  /** Nothing can be switched on: a recording is played, or this is not dev. */
  FaultPort NONE =
      new FaultPort() {
        @Override
        public void arm(ExperimentStarted plan) {
          throw new IllegalStateException("there is no transport to disturb");
        }

        @Override
        public long disarm(String experimentId) {
          return 0;
        }

        @Override
        public void disarmAll() {
          // Nothing was ever armed.
        }
      };

  /** Switches a fault on; by its own deadline it is off whoever forgets it. */
  void arm(ExperimentStarted plan);

  /**
   * Switches it off, as often as one likes.
   *
   * @return how often it struck
   */
  long disarm(String experimentId);

  /** Switches everything off. */
  void disarmAll();
}
