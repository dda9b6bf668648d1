package dev.papertape.command.chaos.proxy;

import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.websocket.core.CloseStatus;
import org.eclipse.jetty.websocket.core.Configuration;
import org.eclipse.jetty.websocket.core.CoreSession;
import org.eclipse.jetty.websocket.core.Frame;
import org.eclipse.jetty.websocket.core.FrameHandler;
import org.eclipse.jetty.websocket.core.server.ServerUpgradeRequest;
import org.eclipse.jetty.websocket.core.server.ServerUpgradeResponse;
import org.eclipse.jetty.websocket.core.server.WebSocketNegotiator;
import org.eclipse.jetty.websocket.core.server.WebSocketUpgradeHandler;

/** A venue of a real server on loopback, of which a test holds every socket in its hands. */
final class VenueOnSockets implements AutoCloseable {
  private final Server server = new Server();
  private final ServerConnector connector = new ServerConnector(server, 0, 1);
  private final BlockingQueue<Ear> sockets = new LinkedBlockingQueue<>();

  /** One end of a socket: what it hears, frame by frame as it asks for them, and how it ended. */
  static final class Ear implements FrameHandler {
    final BlockingQueue<Frame> heard = new LinkedBlockingQueue<>();
    final BlockingQueue<CloseStatus> ended = new LinkedBlockingQueue<>();
    private final boolean eager;
    private volatile CoreSession session;

    /**
     * @param eager asks for the next frame as soon as it has one
     */
    Ear(boolean eager) {
      this.eager = eager;
    }

    @Override
    public void onOpen(CoreSession opened, Callback callback) {
      session = opened;
      opened.setAutoFragment(false); // A frame is heard as it came.
      callback.succeeded();
      if (eager) {
        opened.demand();
      }
    }

    @Override
    public void onFrame(Frame frame, Callback callback) {
      heard.add(owned(frame));
      callback.succeeded();
      if (eager) {
        session.demand();
      }
    }

    /** The payload's buffer is another frame's after the callback. */
    private static Frame owned(Frame frame) {
      byte[] payload = new byte[frame.getPayloadLength()];
      if (payload.length > 0) {
        frame.getPayload().slice().get(payload);
      }
      return new Frame(frame.getOpCode(), frame.isFin(), ByteBuffer.wrap(payload));
    }

    @Override
    public void onError(Throwable cause, Callback callback) {
      callback.succeeded();
    }

    @Override
    public void onClosed(CloseStatus status, Callback callback) {
      ended.add(status);
      callback.succeeded();
    }

    CoreSession session() {
      return session;
    }

    void say(byte opCode, boolean isLast, String text) throws Exception {
      Callback.Completable sent = new Callback.Completable();
      session.sendFrame(frame(opCode, isLast, text), sent, false);
      sent.get(10, TimeUnit.SECONDS);
    }

    /** Does not wait until it is written. */
    Callback.Completable write(byte opCode, String text) {
      Callback.Completable sent = new Callback.Completable();
      session.sendFrame(frame(opCode, true, text), sent, false);
      return sent;
    }

    private static Frame frame(byte opCode, boolean isLast, String text) {
      return new Frame(opCode, isLast, ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
    }

    Frame next() throws InterruptedException {
      Frame frame = heard.poll(10, TimeUnit.SECONDS);
      if (frame == null) {
        throw new AssertionError("nothing came within 10 s");
      }
      return frame;
    }
  }

  VenueOnSockets() throws Exception {
    connector.setHost("127.0.0.1");
    server.addConnector(connector);
    WebSocketUpgradeHandler upgrades = new WebSocketUpgradeHandler();
    Configuration.ConfigurationCustomizer limits = new Configuration.ConfigurationCustomizer();
    limits.setAutoFragment(false);
    upgrades.addMapping(
        "/*",
        new WebSocketNegotiator.AbstractNegotiator(limits) {
          @Override
          public FrameHandler negotiate(
              ServerUpgradeRequest request, ServerUpgradeResponse response, Callback callback) {
            Ear ear = new Ear(true);
            sockets.add(ear);
            return ear;
          }
        });
    upgrades.setHandler(
        new Handler.Abstract() {
          @Override
          public boolean handle(Request request, Response response, Callback callback) {
            Content.Sink.write(response, true, "answered", callback);
            return true;
          }
        });
    server.setHandler(upgrades);
    server.start();
  }

  URI at(String scheme, String path) {
    return URI.create(scheme + "://127.0.0.1:" + connector.getLocalPort() + path);
  }

  /** The venue's end of the next socket that was opened. */
  Ear opened() throws InterruptedException {
    Ear ear = sockets.poll(10, TimeUnit.SECONDS);
    if (ear == null) {
      throw new AssertionError("no socket within 10 s");
    }
    return ear;
  }

  @Override
  public void close() throws Exception {
    server.stop();
  }
}
