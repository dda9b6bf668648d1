package dev.papertape.benchmarks.eventstore;

import com.zaxxer.hikari.HikariDataSource;
import dev.papertape.benchmarks.Result;
import dev.papertape.benchmarks.eventstore.CommandLoad.Figures;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/**
 * Commands a second at 1, 16, 64 and 256 callers. The rounds of both systems alternate, so that a
 * slow minute of the machine is everybody's. Beyond 16 callers the peer is the better of 16 and 64
 * threads. Metrics {@code commands-N} compare with Axon as Spring Boot's starter assembles it
 * (transactions on the bus), {@code commands-N-tuned-peer} with the same without them.
 */
final class CommandRace {
  private static final String OURS = "ours";
  private static final String STOCK = "axon-jdbc";
  private static final String TUNED = "axon-jdbc-no-bus-transaction";
  private static final List<Integer> CALLERS = List.of(1, 16, 64, 256);
  private static final List<Integer> PEER_THREADS = List.of(1, 16, 64);

  private final Duration round;
  private final Duration warmUp;
  private final int rounds;
  private final Map<Setup, List<Figures>> measured = new HashMap<>();

  private record Setup(String system, int callers) {}

  CommandRace(boolean quick) {
    round = quick ? Duration.ofMillis(1_500) : Duration.ofSeconds(4);
    warmUp = quick ? Duration.ofSeconds(2) : Duration.ofSeconds(8);
    rounds = quick ? 1 : 3;
  }

  List<Result> run(BenchDatabase database) throws Exception {
    try (HikariDataSource oursPool = database.fresh();
        HikariDataSource busPool = database.fresh();
        HikariDataSource enginePool = database.fresh();
        PapertapeCounters ours = new PapertapeCounters(oursPool);
        StockCounters onBus = new StockCounters(busPool, true);
        StockCounters inEngine = new StockCounters(enginePool, false)) {
      CommandLoad oursLoad = new CommandLoad(ours);
      CommandLoad onBusLoad = new CommandLoad(onBus);
      CommandLoad inEngineLoad = new CommandLoad(inEngine);
      for (CommandLoad load : List.of(oursLoad, onBusLoad, inEngineLoad)) {
        load.run(16, warmUp);
      }
      for (int i = 0; i < rounds; i++) {
        for (int callers : CALLERS) {
          measure(OURS, oursLoad, callers);
        }
        for (int threads : PEER_THREADS) {
          measure(STOCK, onBusLoad, threads);
          measure(TUNED, inEngineLoad, threads);
        }
      }
    }
    return CALLERS.stream().flatMap(this::results).toList();
  }

  private void measure(String system, CommandLoad load, int callers) throws Exception {
    measured
        .computeIfAbsent(new Setup(system, callers), s -> new ArrayList<>())
        .add(load.run(callers, round));
  }

  private Stream<Result> results(int callers) {
    Setup ours = new Setup(OURS, callers);
    Setup stock = best(STOCK, callers);
    Setup tuned = best(TUNED, callers);
    String metric = "commands-" + callers;
    return Stream.of(
        rate(metric, ours, stock),
        latency(metric + "-p50", ours, stock, Figures::p50Ms),
        latency(metric + "-p99", ours, stock, Figures::p99Ms),
        rate(metric + "-tuned-peer", ours, tuned));
  }

  private Setup best(String peerSystem, int callers) {
    return measured.keySet().stream()
        .filter(setup -> setup.system().equals(peerSystem))
        .filter(setup -> callers > 16 ? setup.callers() >= 16 : setup.callers() == callers)
        .max(Comparator.comparingDouble(this::perSecond))
        .orElseThrow();
  }

  private Result rate(String metric, Setup ours, Setup peer) {
    return Result.moreIsBetter(
        EventStoreScenario.NAME,
        metric,
        "commands/s",
        perSecond(ours),
        perSecond(peer),
        peer.system() + "-" + peer.callers());
  }

  private Result latency(String metric, Setup ours, Setup peer, ToDoubleFunction<Figures> figure) {
    return Result.lessIsBetter(
        EventStoreScenario.NAME,
        metric,
        "ms",
        Median.of(figures(ours), figure),
        Median.of(figures(peer), figure),
        peer.system() + "-" + peer.callers());
  }

  private double perSecond(Setup setup) {
    return Median.of(figures(setup), Figures::perSecond);
  }

  private List<Figures> figures(Setup setup) {
    return measured.getOrDefault(setup, List.of());
  }
}
