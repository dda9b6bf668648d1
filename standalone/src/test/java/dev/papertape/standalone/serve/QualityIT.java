package dev.papertape.standalone.serve;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.papertape.standalone.serve.RunningProgram.Answer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Bad records from a venue to the operator's decision, in the running program: what is sent broken
 * is counted, kept and named, trading goes on, the counts add up all along, and a restart keeps it.
 */
@Timeout(600)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class QualityIT {
  private static final String VENUE = "ALTO";

  @TempDir static Path folder;
  private static RunningProgram program;

  @BeforeAll
  static void start() throws IOException {
    program = RunningProgram.start(folder.resolve("data"), "--port", "0").awaitReady();
  }

  @AfterAll
  static void stop() {
    program.close();
  }

  @Test
  @Order(1)
  void freshStartShowsAllStreamsAndTheyAddUp() throws IOException {
    RunningProgram.await("27 streams", () -> stats().path("streams").size() == 27);
    JsonNode stats = stats();
    Set<String> channels = new TreeSet<>();
    stats.path("streams").forEach(stream -> channels.add(stream.path("channel").asText()));
    assertThat(channels).containsExactly("L2", "OHLCV", "TRADES");
    assertThat(stats.path("reconciled").asBoolean()).isTrue();
    RunningProgram.await(
        "every book is OK",
        () -> {
          for (JsonNode stream : stats().path("streams")) {
            if (stream.path("channel").asText().equals("L2")
                && !stream.path("state").asText().equals("OK")) {
              return false;
            }
          }
          return true;
        });
    assertThat(stats().at("/totals/quarantined/total").asLong()).isZero();
  }

  /** The three venues speak the three wires, so that a fresh start exercises each way of proof. */
  @Test
  @Order(1)
  void booksAreProvedAsTheirWireProvesThem() throws IOException {
    RunningProgram.await("three venues have registered", () -> integrity().size() == 3);
    assertThat(integrity())
        .isEqualTo(Map.of("ALTO", "SEQUENCE", "BRIO", "SEQUENCE", "CIELO", "CHECKSUM"));
    RunningProgram.await(
        "the book's own checksum",
        () ->
            program
                .get("/api/l2/CIELO/BTC-USDT")
                .body()
                .path("checksum")
                .asText()
                .matches("[0-9]{1,10}"));
    assertThat(program.get("/api/l2/BRIO/BTC-USDT").body().path("checksum").isNull()).isTrue();
  }

  private static Map<String, String> integrity() throws IOException {
    Map<String, String> integrity = new TreeMap<>();
    for (JsonNode venue : program.get("/api/venues/registry").body().path("venues")) {
      integrity.put(venue.path("venue").asText(), venue.path("integrity").asText());
    }
    return integrity;
  }

  @Test
  @Order(2)
  void offTickAndCrossedChangesBreakTheirBookAndAreCounted() throws IOException {
    breakNext("off-tick");
    awaitReason("OFF_TICK");
    breakNext("crossed");
    awaitReason("CROSSED");
    assertThat(stats().path("reconciled").asBoolean()).isTrue();
    assertThat(quarantine("?channel=L2")).isEmpty();
    RunningProgram.await("the books are synced anew", () -> booksMayTrade());
  }

  @Test
  @Order(3)
  void depthSpikeIsPutAsideAndItsBookTrustedAgainAfterAFreshSnapshot() throws IOException {
    awaitUsualDepth();
    breakNext("depth-spike");
    RunningProgram.await("it is kept", () -> !quarantine("?reason=DEPTH_SPIKE").isEmpty());
    JsonNode record = quarantine("?reason=DEPTH_SPIKE").get(0);
    assertThat(record.path("channel").asText()).isEqualTo("L2");
    assertThat(record.path("status").asText()).isEqualTo("OPEN");
    assertThat(record.path("encoding").asText()).isEqualTo("DECODED");
    assertThat(record.path("raw").asText()).contains("\"bids\":");
    assertThat(record.path("payloadSha256").asText()).hasSize(64);
    assertThat(stats().path("reconciled").asBoolean()).isTrue();
    RunningProgram.await("the books are trusted again", () -> booksMayTrade());
  }

  @Test
  @Order(4)
  void brokenFrameIsKeptWithItsText() throws IOException {
    breakNext("malformed");
    RunningProgram.await("it is kept", () -> !quarantine("?reason=SCHEMA").isEmpty());
    JsonNode record = quarantine("?reason=SCHEMA").get(0);
    assertThat(record.path("venue").asText()).isEqualTo(VENUE);
    assertThat(record.path("encoding").asText()).isEqualTo("WIRE");
    assertThat(record.path("raw").asText()).contains("depthUpdate");

    Answer discarded = decide(record, "discard", null, "{\"reason\":\"cut off on its way\"}");

    assertThat(discarded.status()).isEqualTo(200);
    assertThat(discarded.text("status")).isEqualTo("DISCARDED");
    RunningProgram.await(
        "it is counted as discarded",
        () -> stats().at("/totals/quarantined/discarded").asLong() == 1);
    assertThat(stats().path("reconciled").asBoolean()).isTrue();
  }

  @Test
  @Order(5)
  void farTradeIsReleasedOnceAndTheGuardIsAskedAgain() throws IOException {
    breakNext("far-trade");
    RunningProgram.await("it is kept", () -> !quarantine("?reason=TRADE_FAR_FROM_BOOK").isEmpty());
    JsonNode record = quarantine("?reason=TRADE_FAR_FROM_BOOK").get(0);
    assertThat(record.path("allowedActions")).hasSize(2);

    assertThat(decide(record, "release", null, "{}").status()).isEqualTo(422);
    Answer released = decide(record, "release", "once", "{\"reason\":\"a true print\"}");
    assertThat(released.status()).isEqualTo(200);
    assertThat(released.text("status")).isEqualTo("RELEASED");
    assertThat(released.body().at("/guard/verdict").asText()).isEqualTo("STILL_BAD");
    assertThat(released.body().at("/guard/reason").asText()).isEqualTo("TRADE_FAR_FROM_BOOK");
    assertThat(decide(record, "release", "once", "{\"reason\":\"a true print\"}"))
        .isEqualTo(released);

    Answer again = decide(record, "discard", null, "{\"reason\":\"second thoughts\"}");
    assertThat(again.status()).isEqualTo(409);
    assertThat(again.body().path("allowedActions")).isEmpty();
    assertThat(
            program
                .post("/api/data-quality/quarantine/q-0/release", null, "{\"reason\":\"none\"}")
                .status())
        .isEqualTo(404);
    RunningProgram.await(
        "it is shown as released",
        () ->
            quarantine("?status=RELEASED").size() == 1
                && stats().at("/totals/quarantined/released").asLong() == 1);
    assertThat(quarantine("?status=RELEASED").get(0).at("/decision/by").asText())
        .isEqualTo("OPERATOR");
  }

  @Test
  @Order(6)
  void wrongFiltersAreToldAllAtOnce() throws IOException {
    Answer refused = program.get("/api/data-quality/quarantine?venue=no!&status=LOST&more=1");
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.body().path("errors")).hasSize(3);
    assertThat(program.get("/api/data-quality/stats?asOf=9999999999").status()).isEqualTo(400);
  }

  @Test
  @Order(7)
  void earlierMomentIsShownAsItWas() throws IOException {
    JsonNode record = quarantine("?reason=TRADE_FAR_FROM_BOOK").get(0);
    long position = record.path("position").asLong();
    JsonNode before = program.get("/api/data-quality/stats?asOf=" + (position - 1)).body();
    JsonNode after = program.get("/api/data-quality/stats?asOf=" + position).body();
    assertThat(after.at("/totals/quarantined/total").asLong())
        .isEqualTo(before.at("/totals/quarantined/total").asLong() + 1);
    assertThat(after.at("/totals/quarantined/released").asLong()).isZero();
    assertThat(before.path("reconciled").asBoolean()).isTrue();
    assertThat(after.path("reconciled").asBoolean()).isTrue();
  }

  @Test
  @Order(8)
  void restartKeepsCountsAndRecords() throws Exception {
    JsonNode before = stats();
    int records = quarantine("").size();
    assertThat(program.stop()).as("ended by SIGTERM").isEqualTo(143);
    program = RunningProgram.start(folder.resolve("data"), "--port", "0").awaitReady();
    RunningProgram.await("it counts on", () -> received() > before.at("/totals/received").asLong());
    JsonNode after = stats();

    assertThat(after.path("streams")).hasSize(27);
    assertThat(after.path("reconciled").asBoolean()).isTrue();
    assertThat(after.at("/totals/quarantined/released").asLong()).isEqualTo(1);
    assertThat(after.at("/totals/quarantined/discarded").asLong()).isEqualTo(1);
    assertThat(quarantine("").size()).isGreaterThanOrEqualTo(records);
  }

  private static JsonNode stats() throws IOException {
    Answer answer = program.get("/api/data-quality/stats");
    assertThat(answer.status()).isEqualTo(200);
    return answer.body();
  }

  private static long received() throws IOException {
    return stats().at("/totals/received").asLong();
  }

  private static JsonNode quarantine(String filters) throws IOException {
    Answer answer = program.get("/api/data-quality/quarantine" + filters);
    assertThat(answer.status()).isEqualTo(200);
    return answer.body().path("records");
  }

  private static Answer decide(JsonNode record, String action, String key, String body)
      throws IOException {
    String id = record.path("quarantineId").asText();
    return program.post("/api/data-quality/quarantine/" + id + "/" + action, key, body);
  }

  private static void breakNext(String fault) throws IOException {
    JsonNode venues = program.get("/api/venues/registry").body().path("venues");
    for (JsonNode venue : venues) {
      if (venue.path("venue").asText().equals(VENUE)) {
        String rest = venue.path("endpoints").get(0).asText();
        assertThat(program.post(rest + "/sim/break/" + fault, null, "").status()).isEqualTo(200);
        return;
      }
    }
    throw new AssertionError("no " + VENUE + " in " + venues);
  }

  private static void awaitReason(String reason) throws IOException {
    RunningProgram.await(
        reason + " is counted", () -> stats().at("/totals/byReason/" + reason).asLong() > 0);
  }

  /** The guards say nothing of a book before they have seen forty of its states. */
  private static void awaitUsualDepth() throws IOException {
    RunningProgram.await(
        "every book of the venue has a history",
        () -> {
          for (JsonNode stream : stats().path("streams")) {
            if (stream.path("venue").asText().equals(VENUE)
                && stream.path("channel").asText().equals("L2")
                && stream.path("accepted").asLong() < 60) {
              return false;
            }
          }
          return true;
        });
  }

  private static boolean booksMayTrade() throws IOException {
    for (JsonNode stream : stats().path("streams")) {
      String state = stream.path("state").asText();
      if (stream.path("channel").asText().equals("L2")
          && !state.equals("OK")
          && !state.equals("FLAGGED")) {
        return false;
      }
    }
    return true;
  }
}
