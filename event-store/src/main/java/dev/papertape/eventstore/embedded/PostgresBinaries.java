package dev.papertape.eventstore.embedded;

import static dev.papertape.eventstore.embedded.EmbeddedPostgresException.Reason.NO_BINARIES;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import java.util.jar.JarEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/**
 * The PostgreSQL programs, unpacked once from the archive on the class path into a folder named
 * after the archive's content, so that another version never meets these files.
 */
record PostgresBinaries(Path folder) {

  Path program(String name) {
    return folder.resolve("bin").resolve(name);
  }

  static PostgresBinaries unpackedIn(Path cache) throws IOException {
    String archive = archiveName();
    Path target = cache.resolve("postgresql-" + contentKey(archive));
    if (!Files.isExecutable(target.resolve("bin/postgres"))) {
      Files.createDirectories(cache);
      Path unfinished = Files.createTempDirectory(cache, "unpacking-");
      try {
        unpack(archive, unfinished);
        publish(unfinished, target);
      } finally {
        Folders.deleteTree(unfinished);
      }
    }
    return new PostgresBinaries(target);
  }

  /** The archive's name as its publisher builds it: {@code postgres-linux-x86_64.txz}. */
  private static String archiveName() {
    String os = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    String arch = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
    return "postgres-%s-%s.txz"
        .formatted(
            os.startsWith("mac") ? "darwin" : os,
            switch (arch) {
              case "amd64", "x86_64" -> "x86_64";
              case "aarch64", "arm64" -> "arm_64";
              default -> arch;
            });
  }

  /** Size and CRC-32 of the archive as its jar states them: known without reading 15 MB. */
  private static String contentKey(String archive) throws IOException {
    if (resource(archive).openConnection() instanceof JarURLConnection jar) {
      JarEntry entry = jar.getJarEntry();
      return "%d-%08x".formatted(entry.getSize(), entry.getCrc());
    }
    throw new IOException(archive + " is not in a jar");
  }

  private static URL resource(String archive) {
    URL url = PostgresBinaries.class.getResource("/" + archive);
    if (url == null) {
      throw new EmbeddedPostgresException(
          NO_BINARIES,
          "No PostgreSQL for this machine on the class path (%s): name a server with --database-url."
              .formatted(archive));
    }
    return url;
  }

  private static void unpack(String archive, Path target) throws IOException {
    try (InputStream in = resource(archive).openStream();
        TarArchiveInputStream tar =
            new TarArchiveInputStream(new XZCompressorInputStream(new BufferedInputStream(in)))) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        Path file = target.resolve(entry.getName()).normalize();
        if (!file.startsWith(target)) {
          throw new IOException("archive entry outside its folder: " + entry.getName());
        }
        if (entry.isDirectory()) {
          Files.createDirectories(file);
          continue;
        }
        Files.createDirectories(file.getParent());
        if (entry.isSymbolicLink()) {
          Files.createSymbolicLink(file, Path.of(entry.getLinkName()));
        } else {
          Files.copy(tar, file);
          boolean executable = (entry.getMode() & 0100) != 0;
          Files.setPosixFilePermissions(
              file, PosixFilePermissions.fromString(executable ? "rwxr-xr-x" : "rw-r--r--"));
        }
      }
    }
    Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  /**
   * One rename, so that a reader sees all of it or nothing; losing a race is as good as winning.
   */
  private static void publish(Path unfinished, Path target) throws IOException {
    try {
      Files.move(unfinished, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (FileAlreadyExistsException | DirectoryNotEmptyException e) {
      if (!Files.isExecutable(target.resolve("bin/postgres"))) {
        throw e;
      }
    }
  }
}
