package dev.papertape.eventstore.embedded;

import static dev.papertape.eventstore.embedded.EmbeddedPostgresException.Reason.ROOT_ONLY;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How PostgreSQL's programs are started, given that they refuse to run as root.
 *
 * @param prefix what stands before the program on its command line
 * @param owner the user that must own the data folder, null when it is the current one
 */
record RunAs(List<String> prefix, @Nullable String owner) {

  private static final String UNPRIVILEGED = "nobody";

  static RunAs detect() throws IOException {
    // Its own session, so that a terminal's Ctrl-C stops Papertape first, PostgreSQL after it.
    List<String> session = works(List.of("setsid", "true")) ? List.of("setsid") : List.of();
    if ((Integer) Files.getAttribute(Path.of("/proc/self"), "unix:uid") != 0) {
      return new RunAs(session, null);
    }
    // In a user namespace without a mapping root is "nobody", and its files are nobody's.
    List<String> namespace = List.of("unshare", "-U");
    if (works(concat(namespace, List.of("true")))) {
      return new RunAs(concat(session, namespace), null);
    }
    List<String> setpriv =
        List.of("setpriv", "--reuid=" + UNPRIVILEGED, "--regid=65534", "--clear-groups");
    if (works(concat(setpriv, List.of("true")))) {
      return new RunAs(concat(session, setpriv), UNPRIVILEGED);
    }
    throw new EmbeddedPostgresException(
        ROOT_ONLY,
        "PostgreSQL refuses to run as root and neither `unshare -U` nor `setpriv` works here:"
            + " start as a normal user or name a server with --database-url.");
  }

  ProcessBuilder process(List<String> programAndArguments) {
    return new ProcessBuilder(concat(prefix, programAndArguments));
  }

  private static List<String> concat(List<String> first, List<String> second) {
    return Stream.concat(first.stream(), second.stream()).toList();
  }

  private static boolean works(List<String> command) {
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return process.waitFor(5, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (IOException e) {
      return false; // not installed
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
