package dev.papertape.benchmarks.crash;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** Debian's nginx with {@code deploy/nginx.conf}, on a free port of loopback. */
final class ReverseProxy implements AutoCloseable {
  private static final Path NGINX = Path.of("/usr/sbin/nginx");

  private final Process process;
  private final int port;

  private ReverseProxy(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  static boolean isInstalled() {
    return Files.isExecutable(NGINX);
  }

  /**
   * Returns when it listens.
   *
   * @param folder for what nginx writes
   * @param places where each {@code host:port} of the configuration is here
   */
  static ReverseProxy start(Path folder, Map<String, String> places) throws IOException {
    int port = freePort();
    String conf =
        Files.readString(Checkout.root().resolve("deploy/nginx.conf"))
            .replace("listen 5000;", "listen 127.0.0.1:" + port + ";");
    for (Map.Entry<String, String> place : places.entrySet()) {
      conf = conf.replace(place.getKey(), place.getValue());
    }
    Path file = Files.writeString(folder.resolve("nginx.conf"), conf);
    Process process =
        new ProcessBuilder(
                NGINX.toString(),
                "-p",
                folder + "/",
                "-c",
                file.toString(),
                "-g",
                "daemon off;" + (Files.isWritable(Path.of("/root")) ? " user root;" : ""))
            .inheritIO()
            .start();
    ReverseProxy proxy = new ReverseProxy(process, port);
    try {
      Waiting.until("nginx listens", Duration.ofSeconds(10), proxy::listens);
    } catch (CheckFailed silent) {
      proxy.close();
      throw silent;
    }
    return proxy;
  }

  URI base() {
    return URI.create("http://127.0.0.1:" + port);
  }

  private boolean listens() throws IOException {
    if (!process.isAlive()) {
      throw new CheckFailed("nginx ended with %d.".formatted(process.exitValue()));
    }
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    }
  }

  @Override
  public void close() {
    process.destroy();
    process.onExit().join();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
