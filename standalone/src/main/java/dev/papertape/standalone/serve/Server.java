package dev.papertape.standalone.serve;

import dev.papertape.standalone.CouldNotRun;
import dev.papertape.standalone.PapertapeApplication;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.context.WebServerApplicationContext;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;

/** The running system. */
public final class Server {

  private final PrintStream out;

  public Server(PrintStream out) {
    this.out = out;
  }

  /**
   * Starts the system and returns when it has been stopped, by a signal or by itself.
   *
   * @throws CouldNotRun if the port is taken or the database or the system does not start
   */
  public void run(ServeOptions options) throws InterruptedException {
    requireFree(options.port());
    Database database = Database.open(options);
    CountDownLatch stopped = new CountDownLatch(1);
    try {
      sayReady(start(options, database, stopped));
    } catch (RuntimeException e) {
      database.close();
      throw new CouldNotRun(sentence(options, e), e);
    }
    stopped.await();
  }

  private static ConfigurableApplicationContext start(
      ServeOptions options, Database database, CountDownLatch stopped) {
    Map<String, Object> properties = new HashMap<>(options.asProperties());
    properties.putAll(database.asProperties());
    SpringApplication application = new SpringApplication(PapertapeApplication.class);
    application.addInitializers(
        context -> {
          context
              .getEnvironment()
              .getPropertySources()
              .addFirst(new MapPropertySource("command line", properties));
          closeLast(context, database, stopped);
        });
    return application.run();
  }

  /** Spring destroys in reverse order of registration, and nothing is registered before this. */
  private static void closeLast(
      ConfigurableApplicationContext context, Database database, CountDownLatch stopped) {
    ((DefaultListableBeanFactory) context.getBeanFactory())
        .registerDisposableBean(
            "database",
            () -> {
              database.close();
              stopped.countDown();
            });
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
