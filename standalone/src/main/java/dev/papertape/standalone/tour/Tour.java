package dev.papertape.standalone.tour;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Makes the calls of a running system and writes them down. Says what went wrong: a reply that was
 * not to be expected, a route that the tour does not know, a route that the system does not have.
 */
public final class Tour {
  private static final Duration LONGEST_CALL = Duration.ofSeconds(60);
  private static final Pattern NAME = Pattern.compile("[{<]([a-z]+)[}>]");
  private static final int LINES_OF_TEXT = 12;

  private final URI base;
  private final HttpClient client;
  private final Map<String, String> kept = new HashMap<>();
  private final Set<String> toured = new TreeSet<>();
  private final List<String> wrong = new ArrayList<>();

  /**
   * @param base where the system is, for example {@code http://localhost:5000}
   */
  public Tour(URI base, HttpClient client, Instant now) {
    this.base = base;
    this.client = client;
    String stamp = Long.toString(now.getEpochSecond(), Character.MAX_RADIX);
    kept.put("mine", "mine-" + stamp);
    kept.put("release", "tour-" + stamp);
    kept.put("now", now.truncatedTo(ChronoUnit.MILLIS).toString());
    kept.put("record", "none");
  }

  /**
   * Tours the whole system.
   *
   * @return what was wrong, a sentence each; empty when all was as it should be
   */
  public List<String> write(PrintStream page) throws IOException, InterruptedException {
    page.println("# The API, route by route");
    page.println();
    page.println(
        "Made by `./papertape tour` from a running system; of long lists only the first entry is"
            + " shown.");
    for (var chapter : TourSteps.chapters().entrySet()) {
      page.printf("%n## %s%n", chapter.getKey());
      for (Step step : chapter.getValue()) {
        take(step, page);
      }
    }
    compareRoutes();
    return List.copyOf(wrong);
  }

  private void take(Step step, PrintStream page) throws IOException, InterruptedException {
    String call = filled(step.call());
    String body = step.body() == null ? null : filled(step.body());
    HttpResponse<String> reply = send(step.method(), call, body);
    toured.add(step.method() + " " + step.route());
    if (!step.accepted().contains(reply.statusCode())) {
      wrong.add(
          "%s %s gave %d: %s"
              .formatted(step.method(), call, reply.statusCode(), reply.body().strip()));
    }
    JsonNode json = Shortened.read(reply.body());
    step.kept()
        .forEach(
            (name, pointer) -> {
              JsonNode value = json.at(pointer);
              if (!value.isMissingNode() && !value.isNull()) {
                kept.put(name, value.asText());
              }
            });
    page.printf("%n%s%n%n```sh%n%s%n```%n", step.says(), curl(step.method(), call, body));
    page.printf(
        "%d%n```%s%n%s%n```%n",
        reply.statusCode(),
        json.isMissingNode() ? "" : "json",
        json.isMissingNode()
            ? Shortened.firstLines(reply.body(), LINES_OF_TEXT)
            : Shortened.of(json));
  }

  private static String curl(String method, String call, @Nullable String body) {
    StringBuilder curl = new StringBuilder("curl -s ");
    if (!method.equals("GET")) {
      curl.append("-X ").append(method).append(' ');
    }
    curl.append('"').append("localhost:5000").append(call).append('"');
    if (body != null) {
      curl.append(" -H \"Content-Type: application/json\" \\\n     -d '").append(body).append('\'');
    }
    return curl.toString();
  }

  private HttpResponse<String> send(String method, String call, @Nullable String body)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(base + call))
            .timeout(LONGEST_CALL)
            .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    if (body != null) {
      request.header("Content-Type", "application/json");
    }
    return client.send(request.build(), BodyHandlers.ofString(StandardCharsets.UTF_8));
  }

  private String filled(String text) {
    Matcher name = NAME.matcher(text);
    StringBuilder filled = new StringBuilder();
    while (name.find()) {
      String value = kept.get(name.group(1));
      boolean inPath = name.group().startsWith("{");
      name.appendReplacement(
          filled,
          Matcher.quoteReplacement(
              value == null
                  ? name.group(1)
                  : inPath ? URLEncoder.encode(value, StandardCharsets.UTF_8) : value));
    }
    return name.appendTail(filled).toString();
  }

  /** The API's own description says which routes there are. */
  private void compareRoutes() throws IOException, InterruptedException {
    JsonNode paths = Shortened.read(send("GET", "/v3/api-docs", null).body()).path("paths");
    Set<String> described = new TreeSet<>();
    paths
        .fields()
        .forEachRemaining(
            path ->
                path.getValue()
                    .fieldNames()
                    .forEachRemaining(
                        method ->
                            described.add(method.toUpperCase(Locale.ROOT) + " " + path.getKey())));
    for (String route : described) {
      if (!toured.contains(route)) {
        wrong.add("the tour does not know " + route);
      }
    }
    toured.remove("GET /metrics");
    for (String route : toured) {
      if (!described.contains(route)) {
        wrong.add("the system does not describe " + route);
      }
    }
  }
}
