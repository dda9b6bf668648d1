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

/**
 * Commands a second at 1, 16, 64 and 256 callers. The rounds of both systems alternate, so that a
 * slow minute of the machine is everybody's; the peer is the better of its two ways of
 * transactions, and beyond 16 callers the better of 16 and 64 threads.
 */
final class CommandRace {
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
          measure("ours", oursLoad, callers);
        }
        for (int threads : PEER_THREADS) {
          measure("axon-jdbc", onBusLoad, threads);
          measure("axon-jdbc-no-bus-transaction", inEngineLoad, threads);
        }
      }
    }
    return CALLERS.stream().flatMap(callers -> results(callers).stream()).toList();
  }

  private void measure(String system, CommandLoad load, int callers) throws Exception {
    measured
        .computeIfAbsent(new Setup(system, callers), s -> new ArrayList<>())
        .add(load.run(callers, round));
  }

  private List<Result> results(int callers) {
    Setup ours = new Setup("ours", callers);
    Setup peer =
        measured.keySet().stream()
            .filter(setup -> !setup.system().equals("ours"))
            .filter(setup -> callers > 16 ? setup.callers() >= 16 : setup.callers() == callers)
            .max(Comparator.comparingDouble(this::perSecond))
            .orElseThrow();
    String metric = "commands-" + callers;
    String peerName = peer.system() + "-" + peer.callers();
    return List.of(
        Result.moreIsBetter(
            EventStoreScenario.NAME,
            metric,
            "commands/s",
            perSecond(ours),
            perSecond(peer),
            peerName),
        Result.lessIsBetter(
            EventStoreScenario.NAME,
            metric + "-p50",
            "ms",
            Median.of(figures(ours), Figures::p50Ms),
            Median.of(figures(peer), Figures::p50Ms),
            peerName),
        Result.lessIsBetter(
            EventStoreScenario.NAME,
            metric + "-p99",
            "ms",
            Median.of(figures(ours), Figures::p99Ms),
            Median.of(figures(peer), Figures::p99Ms),
            peerName));
  }

  private double perSecond(Setup setup) {
    return Median.of(figures(setup), Figures::perSecond);
  }

  private List<Figures> figures(Setup setup) {
    return measured.getOrDefault(setup, List.of());
  }
}
