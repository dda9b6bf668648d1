package dev.papertape.command.market.connector;

import java.net.http.WebSocket;
import java.util.concurrent.CompletableFuture;

/**
 * Texts to one socket, one after the other: the client refuses a second before the first is out.
 */
final class Outbox {
  private final WebSocket socket;
  private CompletableFuture<?> last = CompletableFuture.completedFuture(null);

  Outbox(WebSocket socket) {
    this.socket = socket;
  }

  /** Returns at once. What a dead socket does not take is lost: its end is noticed elsewhere. */
  synchronized void send(String text) {
    last =
        last.handle((sent, failed) -> failed == null)
            .thenCompose(
                alive ->
                    alive
                        ? socket.sendText(text, true)
                        : CompletableFuture.<WebSocket>failedFuture(
                            new IllegalStateException("the socket is dead")));
  }
}
