package dev.papertape.eventstore.embedded;

import static dev.papertape.eventstore.embedded.EmbeddedPostgresException.Reason.START_FAILED;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A durable PostgreSQL 18 on loopback, in a folder of ours, for as long as this object is open.
 *
 * <p>The folder is kept and used again at the next start. If the server dies while this object is
 * open it is started again on the same port: callers see failed connections, then all goes on.
 */
public final class EmbeddedPostgres implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedPostgres.class);
  private static final long POLL_NANOS = 10_000_000;
  private static final long RESTART_PAUSE_NANOS = 500_000_000;
  private static final int PORT_ATTEMPTS = 5;
  private static final String DATABASE = "papertape";

  private final EmbeddedPostgresConfig config;
  private final DataFolder data;
  private final ServerProcess server;
  private final String password;
  private final int port;

  /** Guards {@code process} and {@code closed}: a restart and a close must not meet. */
  private final ReentrantLock lock = new ReentrantLock();

  private Process process;
  private boolean closed;

  private EmbeddedPostgres(
      EmbeddedPostgresConfig config,
      DataFolder data,
      ServerProcess server,
      String password,
      int port,
      Process process) {
    this.config = config;
    this.data = data;
    this.server = server;
    this.password = password;
    this.port = port;
    this.process = process;
  }

  /**
   * Locks the data folder, makes a cluster if there is none, stops a server that a killed Papertape
   * left behind, and returns when the new one answers and says that it is durable.
   *
   * @throws EmbeddedPostgresException if it cannot; nothing in the data folder is damaged then
   */
  public static EmbeddedPostgres start(EmbeddedPostgresConfig config) {
    DataFolder data = DataFolder.lock(config.dataFolder());
    try {
      return startIn(data, config);
    } catch (IOException e) {
      data.close();
      throw DataFolder.failed(config.dataFolder(), e);
    } catch (InterruptedException e) {
      data.close();
      Thread.currentThread().interrupt();
      throw new EmbeddedPostgresException(START_FAILED, "The start was interrupted.", e);
    } catch (RuntimeException e) {
      data.close();
      throw e;
    }
  }

  private static EmbeddedPostgres startIn(DataFolder data, EmbeddedPostgresConfig config)
      throws IOException, InterruptedException {
    data.requireRoom();
    SecureRandom random = new SecureRandom();
    RunAs runAs = RunAs.detect();
    ServerProcess server =
        new ServerProcess(config, data, PostgresBinaries.unpackedIn(config.cacheFolder()), runAs);
    if (data.hasCluster()) {
      data.requireSoundCluster();
    } else {
      server.initialise(new BigInteger(130, random).toString(32));
    }
    String password = Files.readString(data.passwordFile()).strip();
    for (int attempt = 1; ; attempt++) {
      ServerLog log = ServerLog.from(data.serverLog());
      int port = LoopbackPort.free(random);
      EmbeddedPostgres postgres =
          new EmbeddedPostgres(config, data, server, password, port, server.launch(port));
      try {
        postgres.awaitAnswer(log);
        postgres.administration().requireDurable();
        postgres.administration().createIfMissing(DATABASE);
        postgres.watch();
        return postgres;
      } catch (RuntimeException e) {
        Postmaster.stop(postgres.process.toHandle());
        if (!log.addressInUse() || attempt == PORT_ATTEMPTS) {
          throw e;
        }
      }
    }
  }

  public String jdbcUrl() {
    return jdbcUrl(DATABASE);
  }

  public String user() {
    return ServerProcess.USER;
  }

  public String password() {
    return password;
  }

  public int port() {
    return port;
  }

  /** The process that runs now; another one after a restart. */
  public long pid() {
    lock.lock();
    try {
      return process.pid();
    } finally {
      lock.unlock();
    }
  }

  /** The database that {@link #jdbcUrl()} names. */
  public PostgresDatabase database() {
    return new PostgresDatabase(jdbcUrl(), user(), password);
  }

  /** An empty database of that name beside the default one; the name must not be taken. */
  public PostgresDatabase createDatabase(String name) {
    administration().create(name);
    return new PostgresDatabase(jdbcUrl(name), user(), password);
  }

  /** Disconnects everybody, stops the server cleanly and releases the data folder. */
  @Override
  public void close() {
    lock.lock();
    try {
      if (!closed) {
        closed = true;
        Postmaster.stop(process.toHandle());
        data.close();
      }
    } finally {
      lock.unlock();
    }
  }

  private String jdbcUrl(String database) {
    return "jdbc:postgresql://127.0.0.1:%d/%s".formatted(port, database);
  }

  private Administration administration() {
    return new Administration(new PostgresDatabase(jdbcUrl("postgres"), user(), password));
  }

  private void awaitAnswer(ServerLog log) {
    long deadline = System.nanoTime() + config.startTimeout().toNanos();
    while (true) {
      if (!current().isAlive()) {
        throw server.failure(log);
      }
      try (Connection _ = administration().connect()) {
        return;
      } catch (SQLException e) {
        if ("28P01".equals(e.getSQLState())) {
          throw data.corrupt("its password is not the one in the file postgres/password");
        }
        if (System.nanoTime() - deadline > 0) {
          throw new EmbeddedPostgresException(
              START_FAILED,
              "PostgreSQL does not answer after %d s: see %s."
                  .formatted(config.startTimeout().toSeconds(), data.serverLog()),
              e);
        }
      }
      LockSupport.parkNanos(POLL_NANOS);
    }
  }

  private void watch() {
    Thread.ofPlatform().daemon().name("postgres-watch").start(this::restartWheneverItEnds);
  }

  private void restartWheneverItEnds() {
    while (true) {
      int exitCode = current().onExit().join().exitValue();
      if (!restart(exitCode)) {
        return;
      }
    }
  }

  private Process current() {
    lock.lock();
    try {
      return process;
    } finally {
      lock.unlock();
    }
  }

  /** Returns false when the server ended because this object was closed. */
  private boolean restart(int exitCode) {
    String reported = "";
    while (true) {
      try {
        ServerLog log = ServerLog.from(data.serverLog());
        if (!relaunched(exitCode)) {
          return false;
        }
        awaitAnswer(log);
        LOG.info("PostgreSQL answers again as process {}", pid());
        return true;
      } catch (IOException | RuntimeException e) {
        if (!String.valueOf(e.getMessage()).equals(reported)) {
          reported = String.valueOf(e.getMessage());
          LOG.error("PostgreSQL could not be started again, trying on: {}", reported);
        }
      }
      LockSupport.parkNanos(RESTART_PAUSE_NANOS);
    }
  }

  private boolean relaunched(int exitCode) throws IOException {
    lock.lock();
    try {
      if (closed) {
        return false;
      }
      LOG.warn("PostgreSQL (process {}) ended with {}: starting it again", process.pid(), exitCode);
      process = server.launch(port);
      return true;
    } finally {
      lock.unlock();
    }
  }
}
