package dev.papertape.eventstore.embedded;

import static dev.papertape.eventstore.embedded.EmbeddedPostgresException.Reason.ALREADY_RUNNING;
import static dev.papertape.eventstore.embedded.EmbeddedPostgresException.Reason.CORRUPT_DATA;
import static dev.papertape.eventstore.embedded.EmbeddedPostgresException.Reason.DISK_FULL;
import static dev.papertape.eventstore.embedded.EmbeddedPostgresException.Reason.NOT_WRITABLE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Papertape's data folder, locked for this process as long as it is open. The lock is the kernel's:
 * it is gone with the process, however it died.
 *
 * <p>Inside {@code postgres/}: {@code cluster} (PostgreSQL's own data folder), {@code password},
 * {@code server.log}.
 */
final class DataFolder implements AutoCloseable {

  /** The major version of the binaries; a cluster of another one is refused. */
  static final String MAJOR_VERSION = "18";

  /** A new cluster takes 40 MB, and its log is kept in files of 16 MB. */
  private static final long MIN_FREE_BYTES_NEW = 256L << 20;

  private static final long MIN_FREE_BYTES = 64L << 20;
  private static final long CONTROL_FILE_BYTES = 8192;

  private final Path root;
  private final FileChannel lockFile;

  private DataFolder(Path root, FileChannel lockFile) {
    this.root = root;
    this.lockFile = lockFile;
  }

  static DataFolder lock(Path root) {
    Path lockPath = root.resolve("papertape.lock");
    FileChannel channel = null;
    try {
      Files.createDirectories(root.resolve("postgres"));
      channel =
          FileChannel.open(
              lockPath,
              StandardOpenOption.CREATE,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE);
      if (!locked(channel)) {
        String holder = Files.readString(lockPath).strip();
        channel.close();
        throw new EmbeddedPostgresException(
            ALREADY_RUNNING,
            "Another Papertape%s is running on the data folder %s: stop it or choose another --data."
                .formatted(holder.isEmpty() ? "" : " (process " + holder + ")", root));
      }
      channel.truncate(0);
      channel.write(
          ByteBuffer.wrap(
              Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII)));
      return new DataFolder(root.toRealPath(), channel);
    } catch (IOException e) {
      closeQuietly(channel);
      throw failed(root, e);
    }
  }

  Path root() {
    return root;
  }

  /** All that is PostgreSQL's. */
  Path postgres() {
    return root.resolve("postgres");
  }

  Path cluster() {
    return postgres().resolve("cluster");
  }

  /** Where initdb works, so that a half-made cluster is never taken for a whole one. */
  Path unfinishedCluster() {
    return postgres().resolve("cluster.unfinished");
  }

  Path passwordFile() {
    return postgres().resolve("password");
  }

  Path serverLog() {
    return postgres().resolve("server.log");
  }

  boolean hasCluster() throws IOException {
    if (!Files.isDirectory(cluster())) {
      return false;
    }
    try (Stream<Path> files = Files.list(cluster())) {
      return files.findAny().isPresent();
    }
  }

  /** Throws when there is too little room to start on. */
  void requireRoom() throws IOException {
    long needed = hasCluster() ? MIN_FREE_BYTES : MIN_FREE_BYTES_NEW;
    long free = Files.getFileStore(root).getUsableSpace();
    if (free < needed) {
      throw new EmbeddedPostgresException(
          DISK_FULL,
          "The disk of the data folder %s has %d MB left and Papertape needs at least %d MB to start."
              .formatted(root, free >> 20, needed >> 20));
    }
  }

  /** Throws when the cluster lacks what PostgreSQL needs to say for itself what is wrong. */
  void requireSoundCluster() throws IOException {
    Path version = cluster().resolve("PG_VERSION");
    Path control = cluster().resolve("global/pg_control");
    if (!Files.isRegularFile(version)) {
      throw corrupt("PG_VERSION is missing");
    }
    String major = new String(Files.readAllBytes(version), StandardCharsets.ISO_8859_1).strip();
    if (!major.equals(MAJOR_VERSION)) {
      throw corrupt(
          "it was written by PostgreSQL %s and this one is %s".formatted(major, MAJOR_VERSION));
    }
    if (!Files.isRegularFile(control) || Files.size(control) != CONTROL_FILE_BYTES) {
      throw corrupt("global/pg_control is missing or cut short");
    }
    if (!Files.isRegularFile(passwordFile())) {
      throw corrupt("the file postgres/password is missing");
    }
  }

  EmbeddedPostgresException corrupt(String what) {
    return new EmbeddedPostgresException(
        CORRUPT_DATA,
        "The database in %s is damaged (%s): restore it from a backup or choose another --data; its data is as it was."
            .formatted(cluster(), what));
  }

  /** What an I/O error on this folder means to the person who chose it. */
  static EmbeddedPostgresException failed(Path root, IOException e) {
    String message = String.valueOf(e.getMessage());
    if (message.contains("No space left")) {
      return new EmbeddedPostgresException(
          DISK_FULL, "The disk of the data folder %s is full.".formatted(root), e);
    }
    return new EmbeddedPostgresException(
        NOT_WRITABLE,
        "The data folder %s cannot be written (%s): choose another with --data."
            .formatted(root, reason(e)),
        e);
  }

  private static String reason(IOException e) {
    return switch (e) {
      case java.nio.file.AccessDeniedException _ -> "permission denied";
      case java.nio.file.FileAlreadyExistsException file -> file.getFile() + " is a file";
      case java.nio.file.FileSystemException file when file.getReason() != null -> file.getReason();
      default -> String.valueOf(e.getMessage());
    };
  }

  private static boolean locked(FileChannel channel) throws IOException {
    try {
      FileLock lock = channel.tryLock();
      return lock != null;
    } catch (OverlappingFileLockException e) {
      return false; // held by this very process
    }
  }

  private static void closeQuietly(@Nullable FileChannel channel) {
    try {
      if (channel != null) {
        channel.close();
      }
    } catch (IOException e) {
      // The failure that led here is the one to report.
    }
  }

  /** Releases the lock. */
  @Override
  public void close() {
    closeQuietly(lockFile);
  }
}
