package dev.papertape.benchmarks.crash;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The PostgreSQL of a data folder, seen from outside: as processes. */
public final class Cluster {
  private static final long STOP_SECONDS = 30;

  private final Path pidFile;

  public Cluster(Path data) {
    this.pidFile = data.resolve("postgres/cluster/postmaster.pid");
  }

  /** The process that the cluster's own file names; throws when there is none. */
  ProcessHandle postmaster() throws IOException {
    return ProcessHandle.of(Long.parseLong(Files.readAllLines(pidFile).getFirst().strip()))
        .orElseThrow(() -> new IOException("the process named in " + pidFile + " is gone"));
  }

  /** kill -9 of the postmaster alone: its backends live until they notice. */
  ProcessHandle killPostmaster() throws IOException {
    ProcessHandle postmaster = postmaster();
    postmaster.destroyForcibly();
    return postmaster;
  }

  /** kill -9 of the postmaster and every backend at once. */
  ProcessHandle killAll() throws IOException {
    ProcessHandle postmaster = postmaster();
    List<ProcessHandle> all =
        Stream.concat(Stream.of(postmaster), postmaster.descendants()).toList();
    all.forEach(ProcessHandle::destroyForcibly);
    return postmaster;
  }

  /** Stops what a killed program left behind; does nothing when all is stopped. */
  public void stopWhatIsLeft() {
    try {
      ProcessHandle left = postmaster();
      left.destroy();
      left.onExit().orTimeout(STOP_SECONDS, TimeUnit.SECONDS).join();
    } catch (IOException stopped) {
      // As it should be.
    }
  }
}
