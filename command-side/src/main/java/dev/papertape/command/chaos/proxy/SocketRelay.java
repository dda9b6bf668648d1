package dev.papertape.command.chaos.proxy;

import dev.papertape.command.chaos.fault.Outcome;
import dev.papertape.command.chaos.fault.StreamTamper;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.websocket.core.CloseStatus;
import org.eclipse.jetty.websocket.core.CoreSession;
import org.eclipse.jetty.websocket.core.Frame;
import org.eclipse.jetty.websocket.core.FrameHandler;
import org.eclipse.jetty.websocket.core.OpCode;
import org.jspecify.annotations.Nullable;

/**
 * Two sockets as one: the connector's and the venue's. Frames go over one by one as they are, pings
 * and fragments too; the next is read only when the last was written, so either side feels the
 * other's back-pressure. Where a fault must see whole messages fragments are put together.
 */
final class SocketRelay {
  private final VenueLane lane;
  private final StreamTamper tamper;
  private final AtomicBoolean over = new AtomicBoolean();
  private final Side connector = new Side(true);
  private final Side venue = new Side(false);

  SocketRelay(VenueLane lane) {
    this.lane = lane;
    this.tamper = new StreamTamper(lane.venue().wire());
  }

  /** Talks to the connector. */
  FrameHandler connectorSide() {
    return connector;
  }

  /** Talks to the venue; open before the connector's side is. */
  FrameHandler venueSide() {
    return venue;
  }

  /** Ends both without a closing handshake, as a failing network does. */
  void cut() {
    if (over.compareAndSet(false, true)) {
      lane.closed(this);
      connector.abort();
      venue.abort();
    }
  }

  /** One of the two sockets. */
  private final class Side implements FrameHandler {
    private final boolean fromConnector;
    private @Nullable ByteArrayOutputStream fragments;
    private volatile @Nullable CoreSession session;

    Side(boolean fromConnector) {
      this.fromConnector = fromConnector;
    }

    private Side other() {
      return fromConnector ? venue : connector;
    }

    private boolean isWatched() {
      return !fromConnector || tamper.watchesClient();
    }

    @Override
    public void onOpen(CoreSession opened, Callback callback) {
      session = opened;
      callback.succeeded();
      if (over.get()) {
        opened.abort();
        return;
      }
      if (fromConnector) {
        lane.opened(SocketRelay.this);
        CoreSession upstream = venue.session;
        opened.demand();
        if (upstream != null) {
          upstream.demand();
        }
      }
    }

    @Override
    public void onFrame(Frame frame, Callback callback) {
      CoreSession target = other().session;
      if (target == null || over.get()) {
        callback.succeeded();
        return;
      }
      if (frame.getOpCode() == OpCode.CLOSE) {
        close(target, CloseStatus.getCloseStatus(frame), callback);
      } else if (frame.isControlFrame() || (fragments == null && !isWatched())) {
        write(target, new Frame(frame.getOpCode(), frame.isFin(), payload(frame)), callback);
      } else {
        message(target, frame, callback);
      }
    }

    /** Of a message whose begin was handed on already, the rest is too. */
    private void message(CoreSession target, Frame frame, Callback callback) {
      boolean begins = frame.getOpCode() != OpCode.CONTINUATION;
      if ((!begins && fragments == null) || frame.getOpCode() == OpCode.BINARY) {
        write(target, new Frame(frame.getOpCode(), frame.isFin(), payload(frame)), callback);
        return;
      }
      ByteArrayOutputStream before = fragments;
      ByteArrayOutputStream whole = begins || before == null ? new ByteArrayOutputStream() : before;
      byte[] bytes = bytes(frame);
      whole.write(bytes, 0, bytes.length);
      if (!frame.isFin()) {
        fragments = whole;
        next(callback);
        return;
      }
      fragments = null;
      text(target, whole.toByteArray(), callback);
    }

    private void text(CoreSession target, byte[] text, Callback callback) {
      if (fromConnector) {
        tamper.clientSaid(text);
        write(target, new Frame(OpCode.TEXT, ByteBuffer.wrap(text)), callback);
        return;
      }
      switch (tamper.venueSaid(text, lane.armed(), lane.now())) {
        case Outcome.Pass _ ->
            write(target, new Frame(OpCode.TEXT, ByteBuffer.wrap(text)), callback);
        case Outcome.Drop _ -> next(callback);
        case Outcome.Replace(byte[] instead) ->
            write(target, new Frame(OpCode.TEXT, ByteBuffer.wrap(instead)), callback);
      }
    }

    private void write(CoreSession target, Frame frame, Callback callback) {
      target.sendFrame(
          frame,
          Callback.from(
              () -> next(callback),
              failure -> {
                callback.failed(failure);
                cut();
              }),
          false);
    }

    private void next(Callback callback) {
      callback.succeeded();
      CoreSession open = session;
      if (open != null && open.isInputOpen()) {
        open.demand();
      }
    }

    private void close(CoreSession target, CloseStatus status, Callback callback) {
      target.close(
          status.getCode() == CloseStatus.NO_CODE ? CloseStatus.NO_CODE : status.getCode(),
          status.getReason(),
          Callback.from(
              () -> next(callback),
              failure -> {
                callback.failed(failure);
                cut();
              }));
    }

    @Override
    public void onError(Throwable cause, Callback callback) {
      callback.succeeded();
    }

    /** Whatever ended one side ends the other, with its status if it had one to send. */
    @Override
    public void onClosed(CloseStatus status, Callback callback) {
      callback.succeeded();
      lane.closed(SocketRelay.this);
      Side left = other();
      CoreSession open = left.session;
      if (open != null && !open.isClosed()) {
        if (status.isAbnormal() || !open.isOutputOpen()) {
          open.abort();
        } else {
          open.close(
              status.getCode(), status.getReason(), Callback.from(() -> {}, _ -> open.abort()));
        }
      }
    }

    void abort() {
      CoreSession open = session;
      if (open != null) {
        open.abort();
      }
    }
  }

  private static ByteBuffer payload(Frame frame) {
    ByteBuffer payload = frame.getPayload();
    return payload == null ? ByteBuffer.allocate(0) : payload.slice();
  }

  private static byte[] bytes(Frame frame) {
    ByteBuffer payload = payload(frame);
    byte[] bytes = new byte[payload.remaining()];
    payload.get(bytes);
    return bytes;
  }
}
