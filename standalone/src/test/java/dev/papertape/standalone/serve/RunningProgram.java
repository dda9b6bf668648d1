package dev.papertape.standalone.serve;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** {@code papertape serve} as a process of its own on the class path of this one. */
final class RunningProgram implements AutoCloseable {
  private static final Duration START = Duration.ofMinutes(2);
  private static final Pattern READY = Pattern.compile("is ready on (http://localhost:\\d+) ");

  /** An answer: its status and its body, if that is JSON. */
  record Answer(int status, JsonNode body, @Nullable String position) {
    String text(String field) {
      return body.path(field).asText();
    }
  }

  private final Process process;
  private final Path output;
  private final HttpClient client = HttpClient.newHttpClient();
  private final ObjectMapper mapper = new ObjectMapper();
  private @Nullable URI base;

  private RunningProgram(Process process, Path output) {
    this.process = process;
    this.output = output;
  }

  /** Starts it on the data folder; what it says goes to a file beside that. */
  static RunningProgram start(Path data, String... options) throws IOException {
    return start(Map.of(), data, options);
  }

  /** The same with variables of its environment. */
  static RunningProgram start(Map<String, String> environment, Path data, String... options)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-Xmx512m"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of("dev.papertape.standalone.Papertape", "serve"));
    command.addAll(List.of("--data", data.toString()));
    command.addAll(List.of(options));
    Path output = Files.createTempFile(data.getParent(), "papertape", ".log");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
    builder.environment().put("PAPERTAPE_CONTRACTS_RESPONSES", "FAIL");
    builder.environment().putAll(environment);
    return new RunningProgram(builder.start(), output);
  }

  /** Waits until it says that it is ready. */
  RunningProgram awaitReady() throws IOException {
    await(
        "ready",
        () -> {
          Matcher ready = READY.matcher(output());
          if (!ready.find()) {
            if (!process.isAlive()) {
              throw new IllegalStateException("ended: " + output());
            }
            return false;
          }
          base = URI.create(ready.group(1));
          return true;
        });
    return this;
  }

  /** The exit code, once it has ended by itself. */
  int awaitExit() throws InterruptedException, IOException {
    if (!process.waitFor(START.toSeconds(), TimeUnit.SECONDS)) {
      throw new IllegalStateException("still runs: " + output());
    }
    return process.exitValue();
  }

  String output() throws IOException {
    return Files.readString(output);
  }

  /** The port it listens on. */
  int port() {
    return to("/").build().uri().getPort();
  }

  Answer get(String path) throws IOException {
    return send(to(path).GET());
  }

  /** The body of an answer that is no JSON. */
  String text(String path) throws IOException {
    try {
      return client.send(to(path).GET().build(), BodyHandlers.ofString()).body();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IOException(stopped);
    }
  }

  Answer post(String path, @Nullable String key, String body) throws IOException {
    HttpRequest.Builder request =
        to(path).header("Content-Type", "application/json").POST(BodyPublishers.ofString(body));
    return send(withKey(request, key));
  }

  /** By any method; the body goes with those that have one. */
  Answer send(String method, String path, String body) throws IOException {
    boolean bare = method.equals("GET") || method.equals("DELETE");
    return send(
        to(path)
            .header("Content-Type", "application/json")
            .method(method, bare ? BodyPublishers.noBody() : BodyPublishers.ofString(body)));
  }

  Answer put(String path, @Nullable String key, String body) throws IOException {
    HttpRequest.Builder request =
        to(path).header("Content-Type", "application/json").PUT(BodyPublishers.ofString(body));
    return send(withKey(request, key));
  }

  Answer delete(String path, @Nullable String key) throws IOException {
    return send(withKey(to(path).DELETE(), key));
  }

  Answer delete(String path, @Nullable String key, String body) throws IOException {
    HttpRequest.Builder request =
        to(path)
            .header("Content-Type", "application/json")
            .method("DELETE", BodyPublishers.ofString(body));
    return send(withKey(request, key));
  }

  /** SIGTERM; returns the exit code. */
  int stop() throws InterruptedException, IOException {
    process.destroy();
    return awaitExit();
  }

  /** SIGKILL. */
  void kill() {
    process.destroyForcibly();
    process.onExit().join();
  }

  /** Also looks whether any reply, or any problem, broke its contract while it ran. */
  @Override
  public void close() {
    stopped();
    try {
      String said = output();
      if (said.contains("breaks its contract")) {
        throw new AssertionError(said);
      }
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private void stopped() {
    process.destroy();
    try {
      if (!process.waitFor(60, TimeUnit.SECONDS)) {
        kill();
      }
    } catch (InterruptedException stopped) {
      kill();
      Thread.currentThread().interrupt();
    }
    client.close();
  }

  /** Something to wait for. */
  interface Condition {
    boolean holds() throws IOException;
  }

  static void await(String what, Condition condition) throws IOException {
    long deadline = System.nanoTime() + START.toNanos();
    while (!condition.holds()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("not within " + START + ": " + what);
      }
      java.util.concurrent.locks.LockSupport.parkNanos(50_000_000);
    }
  }

  private HttpRequest.Builder to(String path) {
    if (base == null) {
      throw new IllegalStateException("not ready yet");
    }
    return HttpRequest.newBuilder(base.resolve(path)).timeout(Duration.ofSeconds(20));
  }

  private static HttpRequest.Builder withKey(HttpRequest.Builder request, @Nullable String key) {
    return key == null ? request : request.header("Idempotency-Key", key);
  }

  private Answer send(HttpRequest.Builder request) throws IOException {
    try {
      HttpResponse<String> response = client.send(request.build(), BodyHandlers.ofString());
      String type = response.headers().firstValue("Content-Type").orElse("");
      if (response.statusCode() == 500 && response.body().contains("breaks its contract")) {
        throw new AssertionError(response.body());
      }
      return new Answer(
          response.statusCode(),
          type.contains("json") ? mapper.readTree(response.body()) : mapper.missingNode(),
          response.headers().firstValue("X-Position").orElse(null));
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IOException(stopped);
    }
  }
}
