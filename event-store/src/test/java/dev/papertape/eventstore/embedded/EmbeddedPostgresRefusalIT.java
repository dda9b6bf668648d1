package dev.papertape.eventstore.embedded;

import static dev.papertape.eventstore.embedded.EmbeddedPostgresException.Reason.CORRUPT_DATA;
import static dev.papertape.eventstore.embedded.EmbeddedPostgresException.Reason.DISK_FULL;
import static dev.papertape.eventstore.embedded.EmbeddedPostgresException.Reason.NOT_WRITABLE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.papertape.eventstore.embedded.EmbeddedPostgresException.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What it refuses to start on, in one sentence, with nothing damaged. */
class EmbeddedPostgresRefusalIT {

  @TempDir Path folder;

  @Test
  void aClusterWithoutItsVersionFile() throws Exception {
    stoppedCluster();
    Path version = folder.resolve("postgres/cluster/PG_VERSION");
    refusesUntilRepaired(version, () -> Files.delete(version), "PG_VERSION is missing");
  }

  @Test
  void aClusterOfAnotherMajorVersion() throws Exception {
    stoppedCluster();
    Path version = folder.resolve("postgres/cluster/PG_VERSION");
    refusesUntilRepaired(
        version, () -> Files.writeString(version, "17\n"), "written by PostgreSQL 17");
  }

  @Test
  void aClusterWhoseControlFileIsCutShort() throws Exception {
    stoppedCluster();
    Path control = folder.resolve("postgres/cluster/global/pg_control");
    refusesUntilRepaired(control, () -> Files.write(control, new byte[100]), "pg_control");
  }

  @Test
  void aClusterWhoseControlFileHasOneWrongByte() throws Exception {
    stoppedCluster();
    Path control = folder.resolve("postgres/cluster/global/pg_control");
    byte[] bytes = Files.readAllBytes(control);
    bytes[20] ^= 1;
    refusesUntilRepaired(control, () -> Files.write(control, bytes), "control file");
  }

  @Test
  void aClusterWithoutItsPassword() throws Exception {
    stoppedCluster();
    Path password = folder.resolve("postgres/password");
    refusesUntilRepaired(password, () -> Files.delete(password), "postgres/password is missing");
  }

  @Test
  void aClusterWithAnotherPassword() throws Exception {
    stoppedCluster();
    Path password = folder.resolve("postgres/password");
    String right = Files.readString(password);
    Files.writeString(password, "guess");
    refuses(folder, CORRUPT_DATA, "its password");
    Files.writeString(password, right);
    stoppedCluster();
  }

  @Test
  void aFileInThePlaceOfTheDataFolder() throws Exception {
    Path file = Files.writeString(folder.resolve("data"), "not a folder");
    refuses(file, NOT_WRITABLE, file.toString());
    assertThat(file).hasContent("not a folder");
  }

  @Test
  void aReadOnlyDisk() throws Exception {
    mount("tmpfs", "-o", "ro,size=1m");
    try {
      refuses(folder, NOT_WRITABLE, "Read-only file system");
    } finally {
      run("umount", folder.toString());
    }
  }

  @Test
  void aDiskWithTooLittleRoom() throws Exception {
    mount("tmpfs", "-o", "size=100m");
    try {
      refuses(folder, DISK_FULL, "99 MB left");
      assertThat(folder.resolve("postgres/cluster")).doesNotExist();
    } finally {
      run("umount", folder.toString());
    }
  }

  @Test
  void aDiskThatFillsUpWhileTheClusterIsMade() throws Exception {
    mount("tmpfs", "-o", "size=300m,nr_inodes=200");
    try {
      refuses(folder, DISK_FULL, "is full");
      assertThat(folder.resolve("postgres/cluster")).doesNotExist();
    } finally {
      run("umount", folder.toString());
    }
  }

  private void stoppedCluster() {
    EmbeddedPostgres.start(TestServers.small(folder)).close();
  }

  private interface Damage {
    void apply() throws IOException;
  }

  /** Refuses, has changed nothing but its own log and lock, and starts again once mended. */
  private void refusesUntilRepaired(Path damaged, Damage damage, String why) throws IOException {
    Path backup = Files.copy(damaged, folder.resolve("backup"));
    damage.apply();
    Map<Path, Long> before = checksums();
    refuses(folder, CORRUPT_DATA, why);
    assertThat(checksums()).isEqualTo(before);
    Files.copy(backup, damaged, StandardCopyOption.REPLACE_EXISTING);
    EmbeddedPostgres.start(TestServers.small(folder)).close();
  }

  private static void refuses(Path data, Reason reason, String why) {
    assertThatThrownBy(() -> EmbeddedPostgres.start(TestServers.small(data)))
        .isInstanceOfSatisfying(
            EmbeddedPostgresException.class,
            e -> {
              assertThat(e.reason()).isEqualTo(reason);
              assertThat(e.getMessage()).contains(why).doesNotContain("\n").endsWith(".");
            });
  }

  private Map<Path, Long> checksums() throws IOException {
    Map<Path, Long> checksums = new HashMap<>();
    try (Stream<Path> files = Files.walk(folder.resolve("postgres"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        if (!file.endsWith("server.log")) {
          var crc = new java.util.zip.CRC32();
          crc.update(Files.readAllBytes(file));
          checksums.put(file, crc.getValue());
        }
      }
    }
    return checksums;
  }

  private void mount(String type, String... options) throws IOException, InterruptedException {
    String[] command = new String[options.length + 5];
    command[0] = "mount";
    command[1] = "-t";
    command[2] = type;
    System.arraycopy(options, 0, command, 3, options.length);
    command[command.length - 2] = "papertape-test";
    command[command.length - 1] = folder.toString();
    assumeTrue(run(command) == 0, "mounting a small disk needs root");
  }

  private static int run(String... command) throws IOException, InterruptedException {
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start()
        .waitFor();
  }
}
