package dev.papertape.command.market.connector;

import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * One life of a WebSocket, from open to its end. Frames are handed on one after the other, on the
 * client's threads; the next is asked for only when the last was taken, so a full queue slows the
 * socket and nothing is buffered without bound.
 */
final class StreamSession implements WebSocket.Listener {
  /** A snapshot of Coinbase's busiest book, 46,000 levels, has 5 million. */
  private static final int LARGEST_FRAME = 32 << 20;

  private static final Duration HANDING_WAIT = Duration.ofSeconds(2);

  /** Told of the socket's life, in order. */
  interface Handler {
    void opened(WebSocket socket) throws InterruptedException;

    /** One whole text frame, in UTF-8; the bytes are valid during the call only. */
    void frame(byte[] bytes, int length) throws InterruptedException;
  }

  private final Handler handler;
  private final InstantSource clock;
  private final ReentrantLock handing = new ReentrantLock();
  private final CompletableFuture<String> ended = new CompletableFuture<>();
  private byte[] frame = new byte[1 << 16];
  private int length;
  private volatile Instant newest;

  StreamSession(Handler handler, InstantSource clock) {
    this.handler = handler;
    this.clock = clock;
    this.newest = clock.instant();
  }

  /**
   * Waits until the socket ends or is silent for {@code idle}; returns why. The silence matters: a
   * peer that ends without a handshake is overlooked by the JDK's client about once in ten times.
   */
  String awaitEnd(Duration idle) throws InterruptedException {
    while (true) {
      Duration silent = Duration.between(newest, clock.instant());
      Duration left = idle.minus(silent);
      if (left.isNegative() || left.isZero()) {
        return "no frame for " + silent.toMillis() + " ms";
      }
      try {
        return ended.get(Math.max(1, left.toMillis()), TimeUnit.MILLISECONDS);
      } catch (TimeoutException stillOpen) {
        continue;
      } catch (ExecutionException impossible) {
        throw new IllegalStateException("the end is never exceptional", impossible);
      }
    }
  }

  /** This socket is no good: it ends, and {@link #awaitEnd} says why. */
  void giveUp(String reason) {
    end(reason);
  }

  /** From here on nothing is handed on; what is being handed on just now is waited for. */
  void finish(WebSocket socket) {
    end("finished");
    socket.abort();
    boolean interrupted = Thread.interrupted(); // Closing, too, waits for it.
    try {
      if (handing.tryLock(HANDING_WAIT.toMillis(), TimeUnit.MILLISECONDS)) {
        handing.unlock();
      }
    } catch (InterruptedException again) {
      interrupted = true;
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void onOpen(WebSocket socket) {
    newest = clock.instant();
    handOn(socket, () -> handler.opened(socket));
    socket.request(1);
  }

  @Override
  public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
    append(data);
    if (length > LARGEST_FRAME) {
      end("a frame of more than " + LARGEST_FRAME + " bytes");
      socket.abort();
      return null;
    }
    if (last) {
      newest = clock.instant();
      handOn(socket, () -> handler.frame(frame, length));
      length = 0;
    }
    socket.request(1);
    return null;
  }

  @Override
  public @Nullable CompletionStage<?> onPing(WebSocket socket, ByteBuffer message) {
    newest = clock.instant();
    socket.request(1);
    return null;
  }

  @Override
  public @Nullable CompletionStage<?> onClose(WebSocket socket, int status, String reason) {
    end("closed by the venue: " + status + (reason.isEmpty() ? "" : " " + reason));
    return null;
  }

  @Override
  public void onError(WebSocket socket, Throwable error) {
    end(String.valueOf(error));
  }

  @FunctionalInterface
  private interface Step {
    void run() throws InterruptedException;
  }

  private void handOn(WebSocket socket, Step step) {
    handing.lock();
    try {
      if (!ended.isDone()) {
        step.run();
      }
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
      end("interrupted");
      socket.abort();
    } finally {
      handing.unlock();
    }
  }

  private void append(CharSequence data) {
    int chars = data.length();
    if (frame.length - length < chars) {
      frame = Arrays.copyOf(frame, Math.max(2 * frame.length, length + chars));
    }
    for (int i = 0; i < chars; i++) {
      char next = data.charAt(i);
      if (next >= 0x80) {
        appendEncoded(data.subSequence(i, chars).toString());
        return;
      }
      frame[length++] = (byte) next;
    }
  }

  private void appendEncoded(String rest) {
    byte[] encoded = rest.getBytes(StandardCharsets.UTF_8);
    frame = Arrays.copyOf(frame, Math.max(frame.length, length + encoded.length));
    System.arraycopy(encoded, 0, frame, length, encoded.length);
    length += encoded.length;
  }

  private void end(String reason) {
    ended.complete(reason);
  }
}
