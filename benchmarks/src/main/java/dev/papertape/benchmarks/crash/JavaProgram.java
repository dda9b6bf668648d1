package dev.papertape.benchmarks.crash;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A real process on the class path of this one, which it does not outlive; its output is a file.
 */
public final class JavaProgram implements AutoCloseable {
  private static final long STOP_SECONDS = 60;

  private final String name;
  private final Process process;
  private final Path output;
  private final Thread atExit;

  private JavaProgram(String name, Process process, Path output) {
    this.name = name;
    this.process = process;
    this.output = output;
    this.atExit = new Thread(process::destroyForcibly);
    Runtime.getRuntime().addShutdownHook(atExit);
  }

  /** Starts it; its output is added to {@code NAME.log} in the folder. */
  public static JavaProgram start(
      String name,
      Path folder,
      Map<String, String> environment,
      String mainClass,
      List<String> arguments)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-Xmx512m"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), mainClass));
    command.addAll(arguments);
    Path output = folder.resolve(name + ".log");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()));
    builder.environment().putAll(environment);
    return new JavaProgram(name, builder.start(), output);
  }

  String name() {
    return name;
  }

  long pid() {
    return process.pid();
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  String output() throws IOException {
    return Files.readString(output);
  }

  /** kill -9, as a crash. */
  public void kill() {
    process.destroyForcibly();
    process.onExit().join();
    forget();
  }

  /**
   * SIGTERM, as an operator; kill -9 if that is not heard within a minute.
   *
   * @throws CheckFailed in that case
   */
  public void stop() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
      kill();
      throw new CheckFailed(
          "%s did not stop within %d s of SIGTERM.".formatted(name, STOP_SECONDS));
    }
    forget();
  }

  private void forget() {
    try {
      Runtime.getRuntime().removeShutdownHook(atExit);
    } catch (IllegalStateException exiting) {
      // It runs, or will.
    }
  }

  @Override
  public void close() {
    kill();
  }
}
