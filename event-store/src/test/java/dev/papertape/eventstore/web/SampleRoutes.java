package dev.papertape.eventstore.web;

import dev.papertape.eventstore.append.AppendFailure;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.http.HttpMessageConvertersAutoConfiguration;
import org.springframework.boot.autoconfigure.jackson.JacksonAutoConfiguration;
import org.springframework.boot.autoconfigure.web.servlet.DispatcherServletAutoConfiguration;
import org.springframework.boot.autoconfigure.web.servlet.ServletWebServerFactoryAutoConfiguration;
import org.springframework.boot.autoconfigure.web.servlet.WebMvcAutoConfiguration;
import org.springframework.boot.autoconfigure.web.servlet.error.ErrorMvcAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** A small application with one route for each convention. */
@SpringBootConfiguration
@ImportAutoConfiguration({
  ServletWebServerFactoryAutoConfiguration.class,
  DispatcherServletAutoConfiguration.class,
  WebMvcAutoConfiguration.class,
  ErrorMvcAutoConfiguration.class,
  HttpMessageConvertersAutoConfiguration.class,
  JacksonAutoConfiguration.class,
  WebConventionsAutoConfiguration.class
})
@Import(SampleRoutes.Routes.class)
class SampleRoutes {
  static final String PROJECTION = "sample";
  static final long REACHED = 7;
  private static final Instant RECORDED = Instant.parse("2024-08-08T00:00:00Z");

  /** Keys and replies in memory; claimed by the sample command as the append would. */
  static final class Records implements IdempotencyRecords {
    final Map<String, Claimed> claims = new ConcurrentHashMap<>();

    @Override
    public Optional<Claimed> find(String key) {
      return Optional.ofNullable(claims.get(key));
    }

    @Override
    public void keepReply(String key, byte[] reply) {
      claims.computeIfPresent(
          key,
          (k, old) ->
              new Claimed(old.bodyHash(), old.subject(), old.position(), old.recordedAt(), reply));
    }
  }

  @Bean
  Records records() {
    return new Records();
  }

  @Bean
  ProjectionPositions positions() {
    return (projection, position, timeout) -> projection.equals(PROJECTION) && position <= REACHED;
  }

  record Widget(String name, BigDecimal size, double ratio, @Nullable String note, Instant at) {}

  @RestController
  static class Routes {
    private final Records records;
    final AtomicInteger runs = new AtomicInteger();
    volatile CountDownLatch hold = new CountDownLatch(0);

    Routes(Records records) {
      this.records = records;
    }

    @GetMapping("/api/widget")
    @ReadsProjection(PROJECTION)
    Positioned<Widget> widget(QueryReader query) {
      query.limit();
      query.before();
      query.done();
      Widget widget =
          new Widget(
              "w", new BigDecimal("1E-8"), Double.NaN, null, Instant.parse("2024-08-08T00:00:00Z"));
      return new Positioned<>(widget, Instant.parse("2024-08-08T00:00:00.123456Z"), 7);
    }

    @GetMapping(path = "/api/text", produces = MediaType.TEXT_PLAIN_VALUE)
    String text() {
      return "text";
    }

    @PostMapping("/api/widgets")
    Map<String, String> create(JsonBody body) {
      return Map.of("read", read(body));
    }

    @PostMapping("/api/commands")
    ResponseEntity<Object> command(JsonBody body, IdempotentCommand command) {
      read(body);
      return command.once(body, this::run, claimed -> reply("resumed " + claimed.subject()));
    }

    private static String read(JsonBody body) {
      return body.read(
          members -> members.text("name") + " " + members.decimal("size"),
          (members, violations) ->
              members
                  .findText("name")
                  .filter("taken"::equals)
                  .ifPresent(
                      name -> violations.add("/name", "TAKEN", "must be a name of its own", name)));
    }

    /** Breaks its contract: what should be a decimal is a word. */
    @GetMapping("/api/wrong-widget")
    Map<String, Object> wrongWidget() {
      return Map.of("name", "w", "size", "large", "asOf", "2024-08-08T00:00:00Z");
    }

    private CommandReply run(IdempotentCommand.Claims claims) {
      int run = runs.incrementAndGet();
      var claim = claims.claim("subject-" + run);
      await(hold);
      if (claim != null) {
        var mine =
            new IdempotencyRecords.Claimed(claim.bodyHash(), claim.subject(), 42, RECORDED, null);
        if (records.claims.putIfAbsent(claim.key(), mine) != null) {
          throw new AppendFailure.KeyClaimed(claim.key());
        }
      }
      return reply("run " + run);
    }

    private static CommandReply reply(String text) {
      return new CommandReply(201, 42, Map.of("text", text));
    }

    private static void await(CountDownLatch latch) {
      try {
        latch.await();
      } catch (InterruptedException stopped) {
        throw new IllegalStateException(stopped);
      }
    }

    @GetMapping("/api/bug")
    String bug() {
      throw new IllegalStateException("secret");
    }

    @GetMapping("/api/async-bug")
    CompletableFuture<String> asyncBug() {
      return CompletableFuture.failedFuture(new AppendFailure.QueueFull(5));
    }

    @GetMapping("/api/wrong-state")
    String wrongState() {
      throw Problem.wrongState("it is paused", List.of("resume", "abort")).asException();
    }

    @GetMapping("/api/busy")
    String busy() {
      throw Problem.retryLater(ProblemKind.TOO_MANY_REQUESTS, "too many", Duration.ofMillis(1500))
          .asException();
    }

    @GetMapping("/api/unknown")
    String unknown() {
      throw Problem.unknown("venue", "NOPE", List.of("BINANCE", "KRAKEN")).asException();
    }
  }
}
