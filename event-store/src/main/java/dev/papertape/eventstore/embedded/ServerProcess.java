package dev.papertape.eventstore.embedded;

import static dev.papertape.eventstore.embedded.EmbeddedPostgresException.Reason.DISK_FULL;
import static dev.papertape.eventstore.embedded.EmbeddedPostgresException.Reason.NOT_WRITABLE;
import static dev.papertape.eventstore.embedded.EmbeddedPostgresException.Reason.START_FAILED;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** Makes a cluster and starts PostgreSQL on it. */
final class ServerProcess {

  static final String USER = "papertape";

  private static final Duration POLL = Duration.ofMillis(10);
  private static final Duration ORPHANS_TIMEOUT = Duration.ofSeconds(10);
  private static final Duration INITDB_TIMEOUT = Duration.ofMinutes(2);

  /** On the command line they outrank every configuration file and ALTER SYSTEM. */
  private static final Map<String, String> DURABILITY =
      Map.of("fsync", "on", "synchronous_commit", "on", "full_page_writes", "on");

  private final EmbeddedPostgresConfig config;
  private final DataFolder data;
  private final PostgresBinaries binaries;
  private final RunAs runAs;

  ServerProcess(
      EmbeddedPostgresConfig config, DataFolder data, PostgresBinaries binaries, RunAs runAs) {
    this.config = config;
    this.data = data;
    this.binaries = binaries;
    this.runAs = runAs;
  }

  static Map<String, String> durability() {
    return DURABILITY;
  }

  /** Makes a new cluster beside its place and moves it there whole. */
  void initialise(String password) throws IOException, InterruptedException {
    Path unfinished = data.unfinishedCluster();
    Folders.deleteTree(unfinished);
    PrivateFile.write(data.passwordFile(), password);
    giveToOwner();
    ServerLog log = ServerLog.from(data.serverLog());
    Process initdb =
        runAs
            .process(
                List.of(
                    binaries.program("initdb").toString(),
                    "--pgdata=" + unfinished,
                    "--username=" + USER,
                    "--pwfile=" + data.passwordFile(),
                    "--auth=scram-sha-256",
                    "--encoding=UTF8",
                    "--locale-provider=builtin",
                    "--builtin-locale=C.UTF-8",
                    "--locale=C",
                    "--data-checksums",
                    "--no-instructions"))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(data.serverLog().toFile()))
            .start();
    if (!initdb.waitFor(INITDB_TIMEOUT.toSeconds(), TimeUnit.SECONDS)) {
      initdb.destroyForcibly();
    }
    if (initdb.waitFor() != 0) {
      throw failure(log);
    }
    Files.deleteIfExists(data.cluster()); // an empty folder at most: hasCluster() said so
    Files.move(unfinished, data.cluster());
  }

  /** Under `setpriv` PostgreSQL is another user, who must own what it writes. */
  private void giveToOwner() throws IOException {
    if (runAs.owner() == null) {
      return;
    }
    Path home = data.postgres();
    var owner =
        home.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(runAs.owner());
    Files.setOwner(home, owner);
    Files.setOwner(data.passwordFile(), owner);
  }

  /**
   * Starts the server and returns at once.
   *
   * @throws EmbeddedPostgresException when a former server does not leave the cluster
   */
  Process launch(int port) throws IOException {
    leaveNoFormerServer();
    List<String> command = new ArrayList<>();
    command.addAll(
        List.of(
            binaries.program("postgres").toString(),
            "-D",
            data.cluster().toString(),
            "-p",
            Integer.toString(port)));
    settings().forEach(setting -> command.addAll(List.of("-c", setting)));
    return runAs
        .process(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(data.serverLog().toFile()))
        .start();
  }

  private List<String> settings() {
    return Stream.concat(
            DURABILITY.entrySet().stream().map(entry -> entry.getKey() + "=" + entry.getValue()),
            Stream.of(
                "listen_addresses=127.0.0.1",
                "unix_socket_directories=",
                "shared_buffers=" + config.sharedBuffersMb() + "MB",
                "max_connections=" + config.maxConnections(),
                "max_wal_size=2GB",
                "wal_compression=pglz",
                "logging_collector=off",
                "log_timezone=UTC",
                "timezone=UTC"))
        .toList();
  }

  /** After a kill -9 of Papertape its server lives on; after one of the server, its backends. */
  private void leaveNoFormerServer() throws IOException {
    Postmaster.runningIn(data.cluster()).ifPresent(Postmaster::stop);
    long deadline = System.nanoTime() + ORPHANS_TIMEOUT.toNanos();
    while (Postmaster.anyProcessIn(data.cluster())) {
      if (System.nanoTime() - deadline > 0) {
        throw new EmbeddedPostgresException(
            START_FAILED,
            "A process of an earlier PostgreSQL does not leave %s.".formatted(data.cluster()));
      }
      LockSupport.parkNanos(POLL.toNanos());
    }
    // Its process number may be another program's by now, which PostgreSQL would take for a server.
    Files.deleteIfExists(data.cluster().resolve("postmaster.pid"));
  }

  /** What the server's last output means. */
  EmbeddedPostgresException failure(ServerLog log) {
    if (log.diskFull()) {
      return new EmbeddedPostgresException(
          DISK_FULL, "The disk of the data folder %s is full.".formatted(data.root()));
    }
    if (log.readOnly()) {
      return new EmbeddedPostgresException(
          NOT_WRITABLE, "The data folder %s is on a read-only disk.".formatted(data.root()));
    }
    if (log.corrupt()) {
      return data.corrupt(log.lastWords());
    }
    return new EmbeddedPostgresException(
        START_FAILED,
        "PostgreSQL did not start (%s): see %s.".formatted(log.lastWords(), data.serverLog()));
  }
}
