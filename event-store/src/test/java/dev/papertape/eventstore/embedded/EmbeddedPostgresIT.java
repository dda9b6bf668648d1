package dev.papertape.eventstore.embedded;

import static dev.papertape.eventstore.embedded.EmbeddedPostgresException.Reason.ALREADY_RUNNING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedPostgresIT {

  @TempDir Path folder;

  @Test
  void runsDurablyOnLoopback() throws Exception {
    try (EmbeddedPostgres postgres = start()) {
      for (String setting :
          new String[] {"fsync", "synchronous_commit", "full_page_writes", "data_checksums"}) {
        assertThat(show(postgres, setting)).as(setting).isEqualTo("on");
      }
      assertThat(show(postgres, "server_version")).startsWith("18.");
      assertThat(show(postgres, "listen_addresses")).isEqualTo("127.0.0.1");
      assertThat(show(postgres, "server_encoding")).isEqualTo("UTF8");
    }
  }

  @Test
  void keepsItsDataForTheNextStart() throws Exception {
    try (EmbeddedPostgres postgres = start()) {
      execute(postgres, "CREATE TABLE kept (n int)", "INSERT INTO kept VALUES (42)");
    }
    try (EmbeddedPostgres postgres = start()) {
      assertThat(query(postgres, "SELECT n FROM kept")).isEqualTo("42");
    }
  }

  @Test
  void leavesNoProcessAndNoPidFileWhenClosed() throws Exception {
    EmbeddedPostgres postgres = start();
    long pid = postgres.pid();
    postgres.close();
    postgres.close();
    assertThat(ProcessHandle.of(pid)).isEmpty();
    assertThat(folder.resolve("postgres/cluster/postmaster.pid")).doesNotExist();
    assertThat(folder.resolve("postgres/server.log")).content().contains("is shut down");
  }

  @Test
  void comesBackOnTheSamePortWhenItsServerIsKilled() throws Exception {
    try (EmbeddedPostgres postgres = start()) {
      execute(postgres, "CREATE TABLE acknowledged (n int)");
      int port = postgres.port();
      for (int round = 1; round <= 3; round++) {
        long killed = postgres.pid();
        execute(postgres, "INSERT INTO acknowledged VALUES (" + round + ")");
        ProcessHandle.of(killed).orElseThrow().destroyForcibly();
        Await.until(Duration.ofSeconds(30), () -> postgres.pid() != killed && answers(postgres));
        assertThat(query(postgres, "SELECT count(*) FROM acknowledged"))
            .isEqualTo(Integer.toString(round));
      }
      assertThat(postgres.port()).isEqualTo(port);
    }
  }

  @Test
  void refusesADataFolderThatAnotherInstanceHolds() throws Exception {
    Path realFolder = folder.toRealPath();
    try (EmbeddedPostgres postgres = start()) {
      assertThatThrownBy(this::start)
          .isInstanceOfSatisfying(
              EmbeddedPostgresException.class,
              e -> {
                assertThat(e.reason()).isEqualTo(ALREADY_RUNNING);
                assertThat(e)
                    .hasMessageContaining(realFolder.toString())
                    .hasMessageContaining("process " + ProcessHandle.current().pid());
              });
      assertThat(answers(postgres)).as("the first instance is unharmed").isTrue();
    }
  }

  @Test
  void takesOverFromAKilledPapertape() throws Exception {
    Process papertape =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(),
                "-cp",
                System.getProperty("java.class.path"),
                HoldsAServer.class.getName(),
                folder.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    long orphan;
    try {
      orphan = Long.parseLong(papertape.inputReader().readLine());
    } finally {
      papertape.destroyForcibly().onExit().join();
    }
    assertThat(ProcessHandle.of(orphan)).as("PostgreSQL outlives its Papertape").isPresent();
    try (EmbeddedPostgres postgres = start()) {
      assertThat(postgres.pid()).isNotEqualTo(orphan);
      assertThat(query(postgres, "SELECT n FROM left_behind")).isEqualTo("7");
    }
  }

  @Test
  void startsOnAPidFileThatNamesAnotherLivingProcess() throws Exception {
    start().close();
    Path cluster = folder.resolve("postgres/cluster");
    Files.writeString(
        cluster.resolve("postmaster.pid"),
        "%d\n%s\n1\n5432\n\n127.0.0.1\n0 0\nready\n"
            .formatted(ProcessHandle.current().pid(), cluster));
    try (EmbeddedPostgres postgres = start()) {
      assertThat(answers(postgres)).isTrue();
    }
  }

  @Test
  void makesTheClusterAgainWhenItsMakingWasInterrupted() throws Exception {
    Path unfinished = folder.resolve("postgres/cluster.unfinished");
    Files.createDirectories(unfinished);
    Files.writeString(unfinished.resolve("PG_VERSION"), "18\n");
    try (EmbeddedPostgres postgres = start()) {
      assertThat(answers(postgres)).isTrue();
      assertThat(unfinished).doesNotExist();
    }
  }

  private EmbeddedPostgres start() {
    return EmbeddedPostgres.start(TestServers.small(folder));
  }

  private static boolean answers(EmbeddedPostgres postgres) {
    try {
      return query(postgres, "SELECT 1").equals("1");
    } catch (SQLException e) {
      return false;
    }
  }

  private static String show(EmbeddedPostgres postgres, String setting) throws SQLException {
    return query(postgres, "SHOW " + setting);
  }

  private static String query(EmbeddedPostgres postgres, String sql) throws SQLException {
    try (Connection connection = postgres.database().connect();
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      result.next();
      return result.getString(1);
    }
  }

  static void execute(EmbeddedPostgres postgres, String... sql) throws SQLException {
    try (Connection connection = postgres.database().connect();
        Statement statement = connection.createStatement()) {
      for (String each : sql) {
        statement.execute(each);
      }
    }
  }

  /** A Papertape to be killed: starts a server, tells its process and waits. */
  static final class HoldsAServer {
    public static void main(String[] arguments) throws SQLException, IOException {
      EmbeddedPostgres postgres = EmbeddedPostgres.start(TestServers.small(Path.of(arguments[0])));
      execute(postgres, "CREATE TABLE left_behind (n int)", "INSERT INTO left_behind VALUES (7)");
      System.out.println(postgres.pid());
      System.in.read();
    }
  }
}
