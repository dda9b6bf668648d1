package dev.papertape.standalone.serve;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The archive of loaded classes that the JVM writes when it ends without one and maps when it
 * starts with one ({@code -XX:+AutoCreateSharedArchive}), which halves the time of a start.
 */
final class KeptClasses {

  private static final String OPTION = "-XX:SharedArchiveFile=";

  /** A system that got ready leaves 70 MB; one that refused to start leaves 4 to 25. */
  private static final long LEAST_OF_A_WHOLE_ONE = 40_000_000;

  private KeptClasses() {}

  /**
   * To be called by a system that is ready: drops the archive that one left behind which never got
   * so far, since the JVM would stay with it; it then writes a whole one at the end of a later run.
   *
   * @param jvmOptions what the JVM was started with
   */
  static void dropUnfinished(List<String> jvmOptions) {
    Optional<Path> archive =
        jvmOptions.stream()
            .filter(option -> option.startsWith(OPTION))
            .map(option -> Path.of(option.substring(OPTION.length())))
            .findFirst();
    if (archive.isEmpty()) {
      return;
    }
    try {
      if (Files.exists(archive.get()) && Files.size(archive.get()) < LEAST_OF_A_WHOLE_ONE) {
        Files.delete(archive.get());
      }
    } catch (IOException e) {
      // It only saves time, and belongs to whoever may write there.
    }
  }
}
