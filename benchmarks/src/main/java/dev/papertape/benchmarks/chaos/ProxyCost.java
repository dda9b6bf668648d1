package dev.papertape.benchmarks.chaos;

import dev.papertape.command.VenueSettings;
import dev.papertape.command.chaos.proxy.FaultProxy;
import dev.papertape.command.market.WireProtocol;
import dev.papertape.contracts.market.Symbol;
import dev.papertape.contracts.market.Venue;
import dev.papertape.contracts.market.VenueFees;
import dev.papertape.contracts.market.VenueKind;
import dev.papertape.contracts.market.VenueLatency;
import dev.papertape.simulator.SimulatedVenue;
import dev.papertape.simulator.VenueSimulator;
import dev.papertape.simulator.config.SimulatorConfig;
import dev.papertape.simulator.config.VenueWire;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * What the proxy adds while no fault is on: the same call, and the same message of one socket, with
 * and without it.
 *
 * @param restMs median of a snapshot of 100 levels a side through the proxy
 * @param directRestMs the same without it
 * @param socketMicros median by which a message arrives later through the proxy
 * @param cpuMicros of the proxy's threads, a message
 */
record ProxyCost(double restMs, double directRestMs, double socketMicros, double cpuMicros) {
  private static final String DEPTH = "/api/v3/depth?symbol=BTCUSDT&limit=100";
  private static final String STREAMS =
      "/stream?streams=btcusdt@depth@100ms/ethusdt@depth@100ms/solusdt@depth@100ms";

  static ProxyCost measured(boolean quick) throws IOException, InterruptedException {
    int calls = quick ? 50 : 500;
    Duration listening = Duration.ofSeconds(quick ? 3 : 20);
    try (VenueSimulator simulator =
        VenueSimulator.start(SimulatorConfig.defaults(1).startedAt(Clock.systemUTC().millis()))) {
      SimulatedVenue venue =
          simulator.venues().stream()
              .filter(each -> each.wire() == VenueWire.BINANCE)
              .findFirst()
              .orElseThrow();
      VenueSettings direct = settings(venue);
      try (FaultProxy proxy =
              FaultProxy.start(List.of(direct), Clock.systemUTC(), _ -> Duration.ofSeconds(10));
          HttpClient client = HttpClient.newHttpClient()) {
        VenueSettings proxied = proxy.through(direct);
        calls(client, direct, proxied, calls / 5);
        double[] rest = calls(client, direct, proxied, calls);
        double[] socket = socket(client, direct, proxied, listening);
        return new ProxyCost(rest[1], rest[0], socket[0], socket[1]);
      }
    }
  }

  private static double[] calls(
      HttpClient client, VenueSettings direct, VenueSettings proxied, int count)
      throws IOException, InterruptedException {
    List<Long> without = new ArrayList<>();
    List<Long> with = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      without.add(call(client, direct));
      with.add(call(client, proxied));
    }
    return new double[] {median(without) / 1e6, median(with) / 1e6};
  }

  private static long call(HttpClient client, VenueSettings venue)
      throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(venue.rest().resolve(DEPTH)).build();
    long begin = System.nanoTime();
    client.send(request, HttpResponse.BodyHandlers.ofByteArray());
    return System.nanoTime() - begin;
  }

  private static double[] socket(
      HttpClient client, VenueSettings direct, VenueSettings proxied, Duration listening) {
    Arrivals without = new Arrivals();
    Arrivals with = new Arrivals();
    WebSocket first = open(client, direct, without);
    WebSocket second = open(client, proxied, with);
    LockSupport.parkNanos(Duration.ofSeconds(1).toNanos());
    with.at.clear();
    long cpu = proxyCpuNanos();
    LockSupport.parkNanos(listening.toNanos());
    cpu = proxyCpuNanos() - cpu;
    first.abort();
    second.abort();
    List<Long> later = new ArrayList<>();
    with.at.forEach(
        (text, nanos) -> {
          Long other = without.at.get(text);
          if (other != null) {
            later.add(nanos - other);
          }
        });
    return new double[] {median(later) / 1e3, cpu / 1e3 / Math.max(1, with.at.size())};
  }

  private static WebSocket open(HttpClient client, VenueSettings venue, Arrivals arrivals) {
    return client
        .newWebSocketBuilder()
        .buildAsync(URI.create(venue.stream() + STREAMS), arrivals)
        .join();
  }

  private static long proxyCpuNanos() {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    long sum = 0;
    for (ThreadInfo thread : threads.getThreadInfo(threads.getAllThreadIds())) {
      if (thread != null && thread.getThreadName().startsWith("chaos-proxy")) {
        sum += Math.max(0, threads.getThreadCpuTime(thread.getThreadId()));
      }
    }
    return sum;
  }

  private static double median(List<Long> values) {
    Collections.sort(values);
    return values.isEmpty() ? Double.NaN : values.get(values.size() / 2);
  }

  private static VenueSettings settings(SimulatedVenue venue) {
    return new VenueSettings(
        new Venue(venue.name()),
        VenueKind.SIMULATED,
        WireProtocol.BINANCE_SPOT,
        URI.create(venue.restBaseUrl()),
        URI.create(venue.wsBaseUrl()),
        venue.symbols().stream().map(Symbol::new).toList(),
        new VenueFees(0, 0),
        new VenueLatency(0, 0, 0));
  }

  /** When each message was there. */
  private static final class Arrivals implements WebSocket.Listener {
    private final Map<String, Long> at = new ConcurrentHashMap<>();
    private final StringBuilder parts = new StringBuilder();

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
      parts.append(data);
      if (last) {
        at.put(parts.toString(), System.nanoTime());
        parts.setLength(0);
      }
      socket.request(1);
      return null;
    }
  }
}
