package dev.papertape.eventstore.heartbeat;

/** Something that a process says of itself with every beat. */
public interface HeartbeatContributor {
  /** Unique within the process, for example {@code feeds}. */
  String name();

  /** Anything that Jackson can write; called once a second on the heartbeat's thread; cheap. */
  Object value();
}
