package dev.papertape.eventstore.heartbeat;

import java.lang.management.ManagementFactory;
import java.util.UUID;

/**
 * Which process this is.
 *
 * @param id unique among all processes over one log
 * @param role for example {@code standalone}, {@code command-side}
 */
public record ProcessIdentity(String id, String role) {

  /** An id of process number, host and a random part, so that a restart is another process. */
  public static ProcessIdentity ofThisProcess(String role) {
    String pidAtHost = ManagementFactory.getRuntimeMXBean().getName();
    return new ProcessIdentity(
        pidAtHost + "-" + UUID.randomUUID().toString().substring(0, 8), role);
  }
}
