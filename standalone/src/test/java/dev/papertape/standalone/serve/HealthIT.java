package dev.papertape.standalone.serve;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.papertape.standalone.serve.RunningProgram.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the program says of itself while every process of its database stands still: nothing is
 * refused and no connection breaks, so whoever asks it waits. What makes it DEGRADED is told by the
 * query side's tests.
 */
@Timeout(600)
class HealthIT {
  @TempDir Path folder;
  private RunningProgram running;

  @BeforeEach
  void start() throws IOException {
    running = RunningProgram.start(folder.resolve("data"), "--port", "0").awaitReady();
    RunningProgram.await("UP", () -> health().text("status").equals("UP"));
  }

  @AfterEach
  void stop() {
    running.close();
  }

  @Test
  void Bug_3_a_database_that_stands_still_is_told_at_the_first_call_and_is_up_when_it_goes_on()
      throws Exception {
    long before = logPosition(health().body());
    try (Standstill _ = Standstill.of(folder.resolve("data"))) {
      // The client gives up after 20 s; the second call finds the first one's question under way.
      assertIsDown(health());
      assertIsDown(health());
      assertThat(running.get("/metrics").status()).isEqualTo(200);
      assertThat(running.get("/actuator/health/liveness").status()).isEqualTo(200);
    }
    // A lease that ran out meanwhile is taken again: UP may be followed by DEGRADED once more.
    Answer[] after = new Answer[1];
    RunningProgram.await(
        "UP and recording again",
        () -> {
          after[0] = health();
          return after[0].text("status").equals("UP") && logPosition(after[0].body()) > before;
        });
    assertThat(after[0].status()).isEqualTo(200);
    assertThat(after[0].body().path("reasons")).isEmpty();
  }

  private static void assertIsDown(Answer answer) {
    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.text("status")).isEqualTo("DOWN");
    assertThat(answer.body().at("/reasons/0").asText())
        .isEqualTo("the database does not answer within 2 s");
    assertThat(answer.body().at("/db/state").asText()).isEqualTo("DOWN");
    assertThat(answer.body().at("/log/position").isNull()).isTrue();
  }

  private Answer health() throws IOException {
    return running.get("/api/health");
  }

  private static long logPosition(JsonNode health) {
    return health.at("/log/position").asLong();
  }

  /** All processes of a data folder's database, stopped until this is closed. */
  private record Standstill(List<String> processes) implements AutoCloseable {

    static Standstill of(Path data) throws IOException, InterruptedException {
      Path file = data.resolve("postgres/cluster/postmaster.pid");
      ProcessHandle postmaster =
          ProcessHandle.of(Long.parseLong(Files.readAllLines(file).getFirst().strip()))
              .orElseThrow();
      // The one that makes the others first.
      signal("-STOP", List.of(Long.toString(postmaster.pid())));
      Standstill all =
          new Standstill(
              Stream.concat(Stream.of(postmaster), postmaster.descendants())
                  .map(process -> Long.toString(process.pid()))
                  .toList());
      signal("-STOP", all.processes());
      return all;
    }

    @Override
    public void close() throws IOException, InterruptedException {
      signal("-CONT", processes);
    }

    /** One that has ended in the meantime is nobody's fault. */
    private static void signal(String name, List<String> processes)
        throws IOException, InterruptedException {
      List<String> command = new ArrayList<>(List.of("kill", name));
      command.addAll(processes);
      new ProcessBuilder(command).redirectErrorStream(true).start().waitFor();
    }
  }
}
