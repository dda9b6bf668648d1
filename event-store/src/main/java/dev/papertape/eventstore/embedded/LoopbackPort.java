package dev.papertape.eventstore.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.random.RandomGenerator;

/** A free port on loopback below the range that the kernel gives to outgoing connections. */
final class LoopbackPort {

  /**
   * Linux hands out 32768 and above. A server's port must not be one of these: while the server is
   * down, a client that keeps connecting would sooner or later be given that very port as its own,
   * connect to itself and keep the server from coming back.
   */
  private static final int FROM = 15_000;

  private static final int TO = 32_000;
  private static final int ATTEMPTS = 200;

  private LoopbackPort() {}

  static int free(RandomGenerator random) throws IOException {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      int port = random.nextInt(FROM, TO);
      if (isFree(port)) {
        return port;
      }
    }
    throw new IOException("no free port between %d and %d on loopback".formatted(FROM, TO));
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
