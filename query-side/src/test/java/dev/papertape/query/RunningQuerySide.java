package dev.papertape.query;

import dev.papertape.eventstore.append.FactJournal;
import dev.papertape.eventstore.embedded.PostgresDatabase;
import dev.papertape.eventstore.embedded.TemporaryPostgres;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** A query side as a process of its own, over a database of its own. */
public final class RunningQuerySide implements AutoCloseable {
  private final ConfigurableApplicationContext application;
  private final HttpClient http = HttpClient.newHttpClient();

  private RunningQuerySide(ConfigurableApplicationContext application) {
    this.application = application;
  }

  public static RunningQuerySide start() throws SQLException {
    PostgresDatabase database = TemporaryPostgres.freshDatabase();
    return new RunningQuerySide(
        new SpringApplicationBuilder(QuerySideApplication.class)
            .run(
                "--server.port=0",
                "--spring.datasource.url=" + database.jdbcUrl(),
                "--spring.datasource.username=" + database.user(),
                "--spring.datasource.password=" + database.password(),
                "--papertape.process.role=query-side"));
  }

  public <T> T bean(Class<T> type) {
    return application.getBean(type);
  }

  /** Its log, to write what it is to show. */
  public TestLog log() {
    return new TestLog(bean(FactJournal.class), bean(DataSource.class));
  }

  public HttpRequest.Builder request(String path) {
    String port = application.getEnvironment().getProperty("local.server.port");
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
  }

  public HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  @Override
  public void close() {
    http.close();
    application.close();
  }
}
