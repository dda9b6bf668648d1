package dev.papertape.standalone.serve;

import dev.papertape.standalone.CouldNotRun;
import dev.papertape.standalone.PapertapeApplication;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.context.WebServerApplicationContext;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.MutablePropertySources;

/** The running system. */
public final class Server {

  private final PrintStream out;

  public Server(PrintStream out) {
    this.out = out;
  }

  /**
   * Starts the system and returns when it has been stopped, by a signal or by itself.
   *
   * @throws CouldNotRun if the port is taken or the system does not start
   * @throws dev.papertape.eventstore.embedded.EmbeddedPostgresException if its database does not
   */
  public void run(ServeOptions options) throws InterruptedException {
    requireFree(options.port());
    // Sets up logging, which the opening database must not do at the same time.
    SpringApplication application = new SpringApplication(PapertapeApplication.class);
    CountDownLatch stopped = new CountDownLatch(1);
    try (DatabaseOpening database = DatabaseOpening.begin(options)) {
      // Runs after every Spring context has closed, and when Ctrl-C comes before there is one.
      SpringApplication.getShutdownHandlers().add(database::close);
      sayReady(start(application, options, database, stopped));
      KeptClasses.dropUnfinished(ManagementFactory.getRuntimeMXBean().getInputArguments());
      stopped.await();
    }
  }

  private static ConfigurableApplicationContext start(
      SpringApplication application,
      ServeOptions options,
      DatabaseOpening database,
      CountDownLatch stopped) {
    application.addInitializers(
        context -> {
          MutablePropertySources sources = context.getEnvironment().getPropertySources();
          sources.addFirst(new MapPropertySource("command line", options.asProperties()));
          sources.addFirst(database.properties());
          whenAllIsDestroyed(context, stopped::countDown);
        });
    try {
      return application.run();
    } catch (RuntimeException e) {
      RuntimeException why = database.failure();
      throw why != null ? why : new CouldNotRun(sentence(options, e), e);
    }
  }

  /** Spring destroys in reverse order of registration, and nothing is registered before this. */
  private static void whenAllIsDestroyed(ConfigurableApplicationContext context, Runnable then) {
    ((DefaultListableBeanFactory) context.getBeanFactory())
        .registerDisposableBean("stopped", then::run);
  }

  private static String sentence(ServeOptions options, Throwable failure) {
    Throwable root = failure;
    for (Throwable e = failure; e != null; e = e.getCause()) {
      if (e instanceof PortInUseException) {
        return portTaken(options.port());
      }
      root = e;
    }
    return "Papertape could not start: %s".formatted(root.getMessage());
  }

  private static void requireFree(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    } catch (IOException e) {
      throw new CouldNotRun(portTaken(port), e);
    }
  }

  private static String portTaken(int port) {
    return "Port %d on loopback is taken: stop the program that holds it or choose another --port."
        .formatted(port);
  }

  private void sayReady(ConfigurableApplicationContext context) {
    int port = ((WebServerApplicationContext) context).getWebServer().getPort();
    out.printf(
        Locale.ROOT,
        "Papertape is ready on http://localhost:%d after %.1f s; Ctrl-C stops it.%n",
        port,
        ManagementFactory.getRuntimeMXBean().getUptime() / 1000.0);
  }
}
