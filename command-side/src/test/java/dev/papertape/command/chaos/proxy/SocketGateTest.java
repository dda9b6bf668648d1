package dev.papertape.command.chaos.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.papertape.command.VenueSettings;
import dev.papertape.command.market.WireProtocol;
import dev.papertape.contracts.market.Symbol;
import dev.papertape.contracts.market.Venue;
import dev.papertape.contracts.market.VenueFees;
import dev.papertape.contracts.market.VenueKind;
import dev.papertape.contracts.market.VenueLatency;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class SocketGateTest {
  private static final String MAGIC = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

  /** The connector hangs up while the venue's socket is being opened: that one is closed too. */
  @Test
  void Bug_5_a_venues_socket_outlived_its_connector() throws Exception {
    try (ServerSocket venue = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        FaultProxy proxy =
            FaultProxy.start(
                List.of(settings(venue.getLocalPort())),
                Clock.systemUTC(),
                _ -> Duration.ofSeconds(3))) {
      URI stream = proxy.through(settings(venue.getLocalPort())).stream();
      Socket connector = new Socket(InetAddress.getLoopbackAddress(), stream.getPort());
      connector.getOutputStream().write(handshake().getBytes(StandardCharsets.US_ASCII));
      try (Socket opening = venue.accept()) {
        BufferedReader request =
            new BufferedReader(
                new InputStreamReader(opening.getInputStream(), StandardCharsets.US_ASCII));
        String key = key(request);
        connector.setSoLinger(true, 0);
        connector.close();
        opening.getOutputStream().write(accepted(key).getBytes(StandardCharsets.US_ASCII));
        opening.getOutputStream().flush();
        opening.setSoTimeout(10_000);
        assertThat(isOver(request)).isTrue();
      }
    }
  }

  private static boolean isOver(BufferedReader from) throws IOException {
    try {
      int next = from.read();
      while (next >= 0) { // A close frame, if it sends one.
        next = from.read();
      }
      return true;
    } catch (SocketException reset) {
      return true;
    }
  }

  private static String key(BufferedReader request) throws IOException {
    String key = "";
    String line = request.readLine();
    while (line != null && !line.isEmpty()) {
      if (line.regionMatches(true, 0, "Sec-WebSocket-Key:", 0, 18)) {
        key = line.substring(18).strip();
      }
      line = request.readLine();
    }
    return key;
  }

  private static String handshake() {
    return "GET /stream HTTP/1.1\r\nHost: proxy\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
        + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
  }

  private static String accepted(String key) throws Exception {
    byte[] hash =
        MessageDigest.getInstance("SHA-1")
            .digest((key + MAGIC).getBytes(StandardCharsets.US_ASCII));
    return "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
        + "Sec-WebSocket-Accept: %s\r\n\r\n".formatted(Base64.getEncoder().encodeToString(hash));
  }

  private static VenueSettings settings(int port) {
    return new VenueSettings(
        new Venue("ALTO"),
        VenueKind.SIMULATED,
        WireProtocol.BINANCE_SPOT,
        URI.create("http://127.0.0.1:" + port),
        URI.create("ws://127.0.0.1:" + port + "/stream"),
        List.of(new Symbol("BTC-USDT")),
        new VenueFees(1, 1),
        new VenueLatency(1, 1, 1));
  }
}
