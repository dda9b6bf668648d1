package dev.papertape.eventstore.embedded;

import static dev.papertape.eventstore.embedded.EmbeddedPostgresException.Reason.START_FAILED;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** Signals and facts about PostgreSQL server processes, found by the folder that they work in. */
final class Postmaster {

  /** PostgreSQL's word for "roll back, disconnect, checkpoint, stop". */
  private static final String FAST_SHUTDOWN = "INT";

  /** "Stop at once, recover at the next start." */
  private static final String IMMEDIATE_SHUTDOWN = "QUIT";

  private static final Duration POLL = Duration.ofMillis(10);
  private static final Duration FAST_SHUTDOWN_TIMEOUT = Duration.ofSeconds(60);
  private static final Duration IMMEDIATE_SHUTDOWN_TIMEOUT = Duration.ofSeconds(10);

  private Postmaster() {}

  /** The process that the cluster's postmaster.pid names, if it runs and works in this cluster. */
  static Optional<ProcessHandle> runningIn(Path cluster) throws IOException {
    Path pidFile = cluster.resolve("postmaster.pid");
    if (!Files.isRegularFile(pidFile)) {
      return Optional.empty();
    }
    return Files.readAllLines(pidFile).stream()
        .findFirst()
        .filter(line -> line.matches("\\d{1,9}"))
        .flatMap(line -> ProcessHandle.of(Long.parseLong(line)))
        .filter(process -> serves(process, cluster));
  }

  /** Every PostgreSQL process changes into its cluster's folder. */
  private static boolean serves(ProcessHandle process, Path cluster) {
    try {
      return process.info().command().filter(path -> path.contains("/postgres")).isPresent()
          && Files.isSameFile(Path.of("/proc/" + process.pid() + "/cwd"), cluster);
    } catch (IOException e) {
      return false; // gone, or another user's
    }
  }

  /** Whether any process, a server's orphan included, still works in the cluster. */
  static boolean anyProcessIn(Path cluster) throws IOException {
    try (Stream<ProcessHandle> processes = ProcessHandle.allProcesses()) {
      return processes.anyMatch(process -> serves(process, cluster));
    }
  }

  /** Stops the server: cleanly, else at once, else by force. */
  static void stop(ProcessHandle server) {
    signal(server, FAST_SHUTDOWN);
    if (ended(server, FAST_SHUTDOWN_TIMEOUT)) {
      return;
    }
    signal(server, IMMEDIATE_SHUTDOWN);
    if (ended(server, IMMEDIATE_SHUTDOWN_TIMEOUT)) {
      return;
    }
    server.destroyForcibly();
    ended(server, IMMEDIATE_SHUTDOWN_TIMEOUT);
  }

  private static boolean ended(ProcessHandle server, Duration timeout) {
    long deadline = System.nanoTime() + timeout.toNanos();
    while (runs(server)) {
      if (System.nanoTime() - deadline > 0) {
        return false;
      }
      LockSupport.parkNanos(POLL.toNanos());
    }
    return true;
  }

  /**
   * A zombie has ended; in a container perhaps nobody collects it when Papertape's past self died.
   */
  private static boolean runs(ProcessHandle server) {
    try {
      return server.isAlive()
          && Files.readAllLines(Path.of("/proc/" + server.pid() + "/status")).stream()
              .noneMatch(line -> line.startsWith("State:\tZ"));
    } catch (IOException e) {
      return false;
    }
  }

  /** Java can send SIGTERM only, which to PostgreSQL means "wait for every client to leave". */
  private static void signal(ProcessHandle server, String name) {
    try {
      Process kill =
          new ProcessBuilder(List.of("/bin/sh", "-c", "kill -" + name + " " + server.pid()))
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      kill.onExit().join(); // not waitFor: an interrupt must not skip the clean stop
    } catch (IOException e) {
      throw new EmbeddedPostgresException(
          START_FAILED, "PostgreSQL could not be signalled: " + e.getMessage(), e);
    }
  }
}
