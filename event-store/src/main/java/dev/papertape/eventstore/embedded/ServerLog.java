package dev.papertape.eventstore.embedded;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.function.Predicate;

/** What PostgreSQL wrote to its log since a start, and what that means. */
record ServerLog(Path file, long startOffset) {

  private static final long ROTATE_AT_BYTES = 16L << 20;
  private static final int MAX_READ_BYTES = 64 << 10;

  /** PostgreSQL's own words for a data folder that it will not open. */
  private static final List<String> CORRUPTION =
      List.of(
          "incorrect checksum in control file",
          "could not locate a valid checkpoint record",
          "database files are incompatible",
          "could not locate required checkpoint record",
          "is not a valid data directory",
          "invalid page in block",
          "could not read file \"global/",
          "could not open directory",
          "contains wrong size",
          "could not open file \"global/",
          "could not open file \"pg_",
          "control file appears to be corrupt");

  static ServerLog from(Path file) throws IOException {
    if (Files.exists(file) && Files.size(file) > ROTATE_AT_BYTES) {
      Files.move(file, file.resolveSibling("server.log.1"), StandardCopyOption.REPLACE_EXISTING);
    }
    return new ServerLog(file, Files.exists(file) ? Files.size(file) : 0);
  }

  boolean addressInUse() {
    return says(line -> line.contains("Address already in use"));
  }

  /** A killed server's last processes still hold its shared memory: they leave by themselves. */
  boolean formerServerLeaving() {
    return says(
        line ->
            line.contains("pre-existing shared memory block")
                || line.contains("lock file \"postmaster.pid\" already exists"));
  }

  boolean diskFull() {
    return says(line -> line.contains("No space left on device"));
  }

  boolean readOnly() {
    return says(line -> line.contains("Read-only file system"));
  }

  boolean corrupt() {
    return says(line -> CORRUPTION.stream().anyMatch(line::contains));
  }

  /** The last line in which PostgreSQL gives up, without its time and process. */
  String lastWords() {
    List<String> lines = lines();
    return lines.reversed().stream()
        .filter(line -> line.contains("FATAL:") || line.contains("PANIC:"))
        .findFirst()
        .map(line -> line.replaceFirst(".*(FATAL|PANIC):\\s*", ""))
        .orElseGet(() -> lines.isEmpty() ? "no output" : lines.getLast());
  }

  private boolean says(Predicate<String> line) {
    return lines().stream().anyMatch(line);
  }

  private List<String> lines() {
    try (RandomAccessFile log = new RandomAccessFile(file.toFile(), "r")) {
      long from = Math.max(startOffset, log.length() - MAX_READ_BYTES);
      log.seek(Math.min(from, log.length()));
      byte[] bytes = new byte[(int) (log.length() - log.getFilePointer())];
      log.readFully(bytes);
      return new String(bytes, StandardCharsets.UTF_8).lines().toList();
    } catch (IOException e) {
      return List.of();
    }
  }
}
