package dev.papertape.standalone.verb;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.papertape.standalone.CouldNotRun;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.ServiceLoader;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code backtest}: the engine over history, and its reports. */
@Command(
    name = "backtest",
    description =
        "Runs the engine at full speed over recordings or candles into a fresh log; prints its"
            + " reports as one JSON object.",
    mixinStandardHelpOptions = true)
public final class BacktestVerb implements Callable<Integer> {
  private final PrintStream out;
  private final PrintStream err;

  @Option(
      names = "--recording",
      paramLabel = "FILE",
      arity = "1..*",
      description = "recordings of any known kind, merged by receive time")
  private List<Path> recordings = List.of();

  @Option(
      names = "--candles",
      paramLabel = "FILE",
      arity = "1..*",
      description = "candle files of any known kind (1m, 5m, 15m, 1h, 1d), merged by time")
  private List<Path> candles = List.of();

  @Option(
      names = "--symbol",
      paramLabel = "SYMBOL",
      description = "what the one candle file is of (default: told by its name)")
  private @Nullable String symbol;

  @Option(
      names = "--alphas",
      paramLabel = "ALPHA",
      split = ",",
      description = "which alphas trade, all of them active (default: all that can)")
  private List<String> alphas = List.of();

  @Option(
      names = "--spread-bps",
      defaultValue = "5",
      description = "from bid to ask where candles tell none (default: ${DEFAULT-VALUE})")
  private double spreadBps;

  @Option(
      names = "--taker-bps",
      defaultValue = "10",
      description = "fee of taking where candles tell none (default: ${DEFAULT-VALUE})")
  private double takerBps;

  @Option(
      names = "--participation",
      defaultValue = "0.025",
      description =
          "share of the previous bar's volume that is displayed (default: ${DEFAULT-VALUE})")
  private BigDecimal participation = new BigDecimal("0.025");

  @Option(
      names = "--no-record",
      description = "keeps no events: only how fast it is, and the account at the end")
  private boolean unrecorded;

  @Option(
      names = "--seed",
      defaultValue = "1",
      description = "of all chance (default: ${DEFAULT-VALUE})")
  private long seed;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "keeps the log in this new data folder (default: thrown away)")
  private @Nullable Path data;

  @Option(names = "--json", description = "prints JSON, as it does anyway")
  private boolean json;

  public BacktestVerb(PrintStream out, PrintStream err) {
    this.out = out;
    this.err = err;
  }

  @Override
  public Integer call() throws Exception {
    if (recordings.isEmpty() == candles.isEmpty()) {
      throw new CouldNotRun("A backtest runs over --recording FILE… or over --candles FILE….");
    }
    RecordingFiles.requireReadable(recordings.isEmpty() ? candles : recordings);
    if (data != null && Files.exists(data.resolve("postgres/cluster"))) {
      throw new CouldNotRun(
          "The data folder %s holds a log already: a backtest needs a fresh one.".formatted(data));
    }
    BacktestRequest request =
        new BacktestRequest(
            recordings,
            candles,
            symbol,
            alphas,
            new BacktestRequest.Terms(spreadBps, takerBps, participation),
            !unrecorded,
            seed,
            data);
    Backtests backtests =
        ServiceLoader.load(Backtests.class)
            .findFirst()
            .orElseThrow(() -> new CouldNotRun("This build of Papertape runs no backtests."));
    try (Progress progress = Progress.on(err)) {
      Object result = backtests.run(request, progress);
      out.println(
          new ObjectMapper()
              .registerModule(new JavaTimeModule())
              .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
              .writeValueAsString(result));
    }
    return 0;
  }
}
