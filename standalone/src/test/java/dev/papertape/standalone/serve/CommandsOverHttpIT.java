package dev.papertape.standalone.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.papertape.standalone.serve.RunningProgram.Answer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Every command of the assembled program, with and without a key, and again with the same key. */
@Timeout(600)
class CommandsOverHttpIT {
  private static final String MARKET_ORDER =
      "{\"symbol\":\"ETH-USDT\",\"side\":\"BUY\",\"quantity\":\"0.010\"}";

  /** Far from the market, so that it rests. */
  private static final String RESTING_ORDER =
      "{\"symbol\":\"ETH-USDT\",\"side\":\"BUY\",\"quantity\":\"0.010\",\"limitPrice\":\"1000.00\","
          + "\"timeInForce\":\"GTC\"}";

  @TempDir static Path folder;
  private static RunningProgram program;

  @BeforeAll
  static void start() throws IOException {
    program = RunningProgram.start(folder.resolve("data"), "--port", "0").awaitReady();
    awaitTrading();
  }

  @AfterAll
  static void stop() {
    program.close();
  }

  @Test
  void theSameKeyPlacesOneOrder() throws IOException {
    Answer first = program.post("/api/orders", "once", MARKET_ORDER);
    Answer second = program.post("/api/orders", "once", " " + MARKET_ORDER);

    assertThat(first.status()).isEqualTo(201);
    assertThat(second).isEqualTo(first);
    Answer other =
        program.post("/api/orders", "once", MARKET_ORDER.replace("\"0.010\"", "\"0.020\""));
    assertThat(other.status()).isEqualTo(409);
    assertThat(other.text("type")).isEqualTo("/problems/idempotency-key-reused");
  }

  @Test
  void ordersWithoutAKeyAreTwo() throws IOException {
    Answer first = program.post("/api/orders", null, MARKET_ORDER);
    Answer second = program.post("/api/orders", null, MARKET_ORDER);

    assertThat(second.text("orderId")).isNotEqualTo(first.text("orderId"));
  }

  @Test
  void manyAtOnceWithOneKeyPlaceOneOrder() throws Exception {
    List<Future<Answer>> answers = new ArrayList<>();
    try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      Callable<Answer> placing = () -> program.post("/api/orders", "many", MARKET_ORDER);
      for (int caller = 0; caller < 32; caller++) {
        answers.add(callers.submit(placing));
      }
    }
    Set<String> orders = new HashSet<>();
    for (Future<Answer> answer : answers) {
      assertThat(answer.get().status()).isEqualTo(201);
      orders.add(answer.get().text("orderId"));
    }
    assertThat(orders).hasSize(1);
  }

  @Test
  void aRestingOrderIsCancelledOnce() throws IOException {
    Answer placed = program.post("/api/orders", "resting", RESTING_ORDER);
    while (placed.status() == 504) {
      placed = program.post("/api/orders", "resting", RESTING_ORDER); // as its problem says
    }
    assertThat(placed.text("status")).isEqualTo("WORKING");
    String path = "/api/orders/" + placed.text("orderId");

    Answer cancelled = program.delete(path, "cancel");

    assertThat(cancelled.status()).isEqualTo(200);
    assertThat(cancelled.text("status")).isEqualTo("CANCELLED");
    assertThat(program.delete(path, "cancel")).isEqualTo(cancelled);
    Answer late = program.delete(path, "cancel-again");
    assertThat(late.status()).isEqualTo(409);
    assertThat(late.text("type")).isEqualTo("/problems/wrong-state");
    assertThat(program.delete("/api/orders/o-none", null).status()).isEqualTo(404);
  }

  @Test
  void anAccountIsOpenedOnceForAKey() throws IOException {
    Answer reset = program.post("/api/portfolio/reset", "anew", "{\"reason\":\"a new month\"}");

    assertThat(reset.status()).isEqualTo(200);
    assertThat(reset.text("reason")).isEqualTo("a new month");
    Answer again = program.post("/api/portfolio/reset", "anew", "{\"reason\":\"a new month\"}");
    assertThat(again).isEqualTo(reset);
    assertThat(program.post("/api/portfolio/reset", null, "{}").status()).isEqualTo(422);
  }

  @Test
  void aHaltBlocksUntilItIsResumed() throws IOException {
    Answer halted = program.post("/api/guards/halt", "stop", "{\"reason\":\"drill\"}");
    try {
      assertThat(halted.text("trading")).isEqualTo("HALTED");
      assertThat(program.post("/api/guards/halt", "stop", "{\"reason\":\"drill\"}"))
          .isEqualTo(halted);
      RunningProgram.await(
          "the engine has heard of the halt",
          () ->
              program
                  .post("/api/orders", null, MARKET_ORDER)
                  .text("blockedReason")
                  .equals("HALTED"));
    } finally {
      program.post("/api/guards/resume", null, "{\"reason\":\"drill over\"}");
      awaitTrading();
    }
  }

  private static void awaitTrading() throws IOException {
    RunningProgram.await(
        "an order is filled",
        () -> program.post("/api/orders", null, MARKET_ORDER).text("status").equals("FILLED"));
  }
}
