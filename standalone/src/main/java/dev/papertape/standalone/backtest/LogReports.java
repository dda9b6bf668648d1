package dev.papertape.standalone.backtest;

import dev.papertape.query.QuerySideApplication;
import dev.papertape.query.report.RunReports;
import java.time.Instant;
import java.util.Map;
import org.springframework.boot.Banner;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * The reports of a whole log: by the query side that shows those of a running system, over the same
 * tables. It listens on a port of loopback while it works, since its routes cannot be had without.
 */
final class LogReports {
  private LogReports() {}

  static RunReports.Reports of(String url, String user, String password, Instant from, Instant to)
      throws InterruptedException {
    try (ConfigurableApplicationContext context =
        new SpringApplicationBuilder(QuerySideApplication.class)
            .bannerMode(Banner.Mode.OFF)
            .registerShutdownHook(false)
            .properties(
                Map.of(
                    "papertape.process.role", "query-side",
                    "logging.config", "classpath:logback-verb.xml",
                    "server.address", "127.0.0.1",
                    "spring.threads.virtual.enabled", "true"))
            .run(
                "--server.port=0",
                "--papertape.database.url=" + url,
                "--papertape.database.user=" + user,
                "--papertape.database.password=" + password)) {
      return context.getBean(RunReports.class).over(from, to);
    }
  }
}
