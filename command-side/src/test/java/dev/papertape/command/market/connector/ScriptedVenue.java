package dev.papertape.command.market.connector;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/** A venue on loopback that answers and sends exactly what the test says. */
final class ScriptedVenue implements AutoCloseable {
  /** A reply to a path's start. */
  record Reply(int status, List<String> headers, String body) {}

  /** An open WebSocket. */
  record Stream(Socket socket, String path, BlockingQueue<String> heard) {
    void send(String text) {
      byte[] payload = text.getBytes(StandardCharsets.UTF_8);
      try {
        OutputStream output = socket.getOutputStream();
        output.write(0x81);
        if (payload.length < 126) {
          output.write(payload.length);
        } else {
          output.write(126);
          output.write(payload.length >> 8);
          output.write(payload.length & 0xFF);
        }
        output.write(payload);
        output.flush();
      } catch (IOException gone) {
        throw new UncheckedIOException(gone);
      }
    }

    void cut() throws IOException {
      socket.setSoLinger(true, 0);
      socket.close();
    }
  }

  private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();
  final BlockingQueue<Stream> streams = new LinkedBlockingQueue<>();
  final BlockingQueue<String> requests = new LinkedBlockingQueue<>();
  final Map<String, Reply> replies = new ConcurrentHashMap<>();

  ScriptedVenue() throws IOException {
    Thread.ofVirtual().start(this::acceptAll);
  }

  URI rest() {
    return URI.create("http://127.0.0.1:" + server.getLocalPort());
  }

  URI stream() {
    return URI.create("ws://127.0.0.1:" + server.getLocalPort());
  }

  private void acceptAll() {
    try {
      while (true) {
        Socket socket = server.accept();
        sockets.add(socket);
        Thread.ofVirtual().start(() -> serve(socket));
      }
    } catch (IOException closed) {
      // The test is over.
    }
  }

  private void serve(Socket socket) {
    try {
      InputStream input = new BufferedInputStream(socket.getInputStream());
      List<String> head = head(input);
      while (!head.isEmpty()) {
        String path = head.getFirst().split(" ")[1];
        if (head.stream().anyMatch("Upgrade: websocket"::equalsIgnoreCase)) {
          BlockingQueue<String> heard = new LinkedBlockingQueue<>();
          upgrade(socket, head, path, heard);
          for (String text = text(input); text != null; text = text(input)) {
            heard.add(text);
          }
          return;
        }
        requests.add(path);
        reply(socket, path);
        head = head(input);
      }
    } catch (SocketException gone) {
      // The client went away.
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  private static List<String> head(InputStream input) throws IOException {
    StringBuilder text = new StringBuilder();
    while (text.length() < 4 || !text.substring(text.length() - 4).equals("\r\n\r\n")) {
      int next = input.read();
      if (next < 0) {
        return List.of();
      }
      text.append((char) next);
    }
    return text.toString().lines().toList();
  }

  /** The next frame's text, unmasked; null at the end. */
  private static @Nullable String text(InputStream input) throws IOException {
    if (input.read() < 0) {
      return null;
    }
    int length = input.read() & 0x7F;
    if (length == 126) {
      length = input.read() << 8 | input.read();
    }
    byte[] mask = input.readNBytes(4);
    byte[] payload = input.readNBytes(Math.max(0, length));
    for (int i = 0; i < payload.length; i++) {
      payload[i] ^= mask[i % 4];
    }
    return new String(payload, StandardCharsets.UTF_8);
  }

  private void upgrade(Socket socket, List<String> head, String path, BlockingQueue<String> heard)
      throws IOException {
    String key =
        head.stream()
            .filter(
                line -> line.toLowerCase(java.util.Locale.ROOT).startsWith("sec-websocket-key:"))
            .map(line -> line.substring(line.indexOf(':') + 1).trim())
            .findFirst()
            .orElseThrow();
    String accept;
    try {
      accept =
          Base64.getEncoder()
              .encodeToString(
                  MessageDigest.getInstance("SHA-1")
                      .digest(
                          (key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11")
                              .getBytes(StandardCharsets.US_ASCII)));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
    write(
        socket,
        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            + "Sec-WebSocket-Accept: "
            + accept
            + "\r\n\r\n");
    streams.add(new Stream(socket, path, heard));
  }

  private void reply(Socket socket, String path) throws IOException {
    Reply reply =
        replies.entrySet().stream()
            .filter(entry -> path.startsWith(entry.getKey()))
            .map(Map.Entry::getValue)
            .findFirst()
            .orElse(new Reply(404, List.of(), ""));
    StringBuilder text = new StringBuilder("HTTP/1.1 " + reply.status() + " x\r\n");
    reply.headers().forEach(header -> text.append(header).append("\r\n"));
    if (reply.headers().stream().noneMatch(header -> header.startsWith("Content-Length"))) {
      text.append("Content-Length: ").append(reply.body().length()).append("\r\n");
    }
    text.append("\r\n");
    write(socket, text.append(reply.body()).toString());
  }

  private static void write(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    socket.getOutputStream().flush();
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (Socket socket : sockets) {
      socket.close();
    }
  }
}
