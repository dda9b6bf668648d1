package dev.papertape.command.market.connector;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A session told by hand what its socket brings. */
class StreamSessionTest {
  private final List<String> frames = new ArrayList<>();
  private final WebSocket socket =
      (WebSocket)
          Proxy.newProxyInstance(
              WebSocket.class.getClassLoader(),
              new Class<?>[] {WebSocket.class},
              (proxy, method, arguments) -> null);
  private final StreamSession session =
      new StreamSession(
          new StreamSession.Handler() {
            @Override
            public void opened(WebSocket opened) {}

            @Override
            public void frame(byte[] bytes, int length) {
              frames.add(new String(bytes, 0, length, StandardCharsets.UTF_8));
            }
          },
          Clock.systemUTC());

  @Test
  void fragmentsAreHandedOnAsOneFrame() {
    session.onOpen(socket);
    session.onText(socket, "{\"a\":\"é", false);
    session.onText(socket, "ü\"}", true);
    assertThat(frames).containsExactly("{\"a\":\"éü\"}");
  }

  @Test
  void Bug_4_frameOfASocketThatWasGivenUpIsNotHandedOn() throws Exception {
    session.onOpen(socket);
    session.onText(socket, "one", true);
    session.giveUp("no book");
    session.onText(socket, "two", true);
    assertThat(frames).containsExactly("one");
    assertThat(session.awaitEnd(Duration.ofMinutes(1))).isEqualTo("no book");
  }

  @Test
  void frameBeyondAllMeasureEndsTheSocket() throws Exception {
    session.onOpen(socket);
    String megabyte = "x".repeat(1 << 20);
    for (int i = 0; i < 33; i++) {
      session.onText(socket, megabyte, false);
    }
    session.onText(socket, "", true);
    assertThat(session.awaitEnd(Duration.ofMinutes(1)))
        .isEqualTo("a frame of more than 33554432 bytes");
    assertThat(frames).isEmpty();
  }
}
