package dev.papertape.command.features;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.papertape.contracts.market.Bar;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Reference results of DaveSkender/Stock.Indicators over its {@code default.csv} (Apache-2.0), from
 * the folder beside the project; tests without it are skipped.
 */
final class SkenderReferences {
  private static final Instant ANY = Instant.parse("2017-01-03T00:00:00Z");

  private SkenderReferences() {}

  /** The quotes in their order; days that follow each other become minutes. */
  static List<Bar> quotes() throws IOException {
    List<Bar> bars = new ArrayList<>();
    for (String line : Files.readAllLines(file("quotes/default.csv"))) {
      String[] columns = line.split(",");
      if (!columns[0].equals("date")) {
        bars.add(
            new Bar(
                ANY.plus(Duration.ofMinutes(bars.size())),
                new BigDecimal(columns[1]),
                new BigDecimal(columns[2]),
                new BigDecimal(columns[3]),
                new BigDecimal(columns[4]),
                new BigDecimal(columns[5]),
                null,
                null));
      }
    }
    return bars;
  }

  /** One column of a result file, NaN where it says null. */
  static double[] results(String file, String column) throws IOException {
    JsonNode rows =
        new ObjectMapper().readTree(file("results/" + file + ".standard.json").toFile());
    double[] values = new double[rows.size()];
    for (int i = 0; i < values.length; i++) {
      JsonNode value = rows.get(i).get(column);
      values[i] = value.isNull() ? Double.NaN : value.asDouble();
    }
    return values;
  }

  private static Path file(String name) {
    Path root = Path.of("").toAbsolutePath();
    while (!Files.exists(root.resolve("mvnw"))) {
      root = root.getParent();
    }
    Path file = root.resolve("../shared/data/indicators/skender").resolve(name).normalize();
    assumeTrue(Files.exists(file), () -> "no shared file " + file);
    return file;
  }
}
