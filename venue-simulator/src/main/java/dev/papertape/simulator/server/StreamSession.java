package dev.papertape.simulator.server;

import dev.papertape.simulator.binance.StreamControl;
import dev.papertape.simulator.binance.StreamRequest;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.websocket.core.CloseStatus;
import org.eclipse.jetty.websocket.core.CoreSession;
import org.eclipse.jetty.websocket.core.Frame;
import org.eclipse.jetty.websocket.core.FrameHandler;
import org.eclipse.jetty.websocket.core.OpCode;
import org.jspecify.annotations.Nullable;

/**
 * One client's WebSocket. A client that does not read is cut off once {@link #MOST_PENDING}
 * messages wait for it; one that talks too much or answers no ping is closed with 1008.
 */
final class StreamSession implements FrameHandler {

  static final int MOST_PENDING = 1000;
  static final int MOST_STREAMS = 1024;
  private static final int LONGEST_REQUEST = 65_536;

  private final VenueStreams streams;
  private final SessionLimits limits;
  private final Set<String> subscribed = new LinkedHashSet<>();
  private final AtomicInteger pending = new AtomicInteger();
  private final StringBuilder fragments = new StringBuilder();
  private volatile boolean combined;
  private volatile @Nullable CoreSession connection;

  StreamSession(
      VenueStreams streams, Collection<String> initial, boolean combined, LongSupplier nanos) {
    this.streams = streams;
    this.subscribed.addAll(initial);
    this.combined = combined;
    this.limits = new SessionLimits(nanos);
  }

  @Override
  public void onOpen(CoreSession opened, Callback callback) {
    connection = opened;
    streams.opened(this);
    streams.subscribe(this, subscribed);
    callback.succeeded();
    opened.demand();
  }

  @Override
  public void onFrame(Frame frame, Callback callback) {
    CoreSession open = connection;
    if (open == null) {
      throw new IllegalStateException("a frame before the session opened");
    }
    if (frame.getOpCode() != OpCode.CLOSE && !limits.admitIncoming()) {
      callback.succeeded();
      close(open, CloseStatus.POLICY_VIOLATION, "Too many requests");
      return;
    }
    switch (frame.getOpCode()) {
      case OpCode.TEXT, OpCode.CONTINUATION -> onText(open, frame);
      case OpCode.PING -> write(open, OpCode.PONG, copy(frame.getPayload()));
      case OpCode.PONG -> limits.ponged();
      case OpCode.CLOSE -> fragments.setLength(0);
      default -> close(open, CloseStatus.BAD_DATA, "text only");
    }
    callback.succeeded();
    open.demand();
  }

  private void onText(CoreSession open, Frame frame) {
    fragments.append(frame.getPayloadAsUTF8());
    if (fragments.length() > LONGEST_REQUEST) {
      close(open, CloseStatus.MESSAGE_TOO_LARGE, "request too long");
    } else if (frame.isFin()) {
      String text = fragments.toString();
      fragments.setLength(0);
      String reply = carryOut(StreamControl.parse(text));
      write(open, OpCode.TEXT, ByteBuffer.wrap(reply.getBytes(StandardCharsets.UTF_8)));
    }
  }

  private String carryOut(StreamRequest request) {
    return switch (request) {
      case StreamRequest.Subscribe(String id, List<String> names) -> subscribe(id, names);
      case StreamRequest.Unsubscribe(String id, List<String> names) -> {
        names.forEach(subscribed::remove);
        streams.unsubscribe(this, names);
        yield StreamControl.result("null", id);
      }
      case StreamRequest.ListSubscriptions(String id) ->
          StreamControl.result(StreamControl.names(subscribed), id);
      case StreamRequest.SetCombined(String id, boolean on) -> {
        combined = on;
        yield StreamControl.result("null", id);
      }
      case StreamRequest.GetCombined(String id) ->
          StreamControl.result(Boolean.toString(combined), id);
      case StreamRequest.Refused(String reply) -> reply;
    };
  }

  /** Stricter than Binance, which takes any name and stays silent: a typing error should show. */
  private String subscribe(String id, List<String> names) {
    for (String name : names) {
      if (!streams.isKnown(name)) {
        return StreamControl.error(2, "Invalid request: unknown stream " + name, id);
      }
    }
    if (subscribed.size() + names.size() > MOST_STREAMS) {
      return StreamControl.error(2, "Invalid request: too many parameters", id);
    }
    subscribed.addAll(names);
    streams.subscribe(this, names);
    return StreamControl.result("null", id);
  }

  @Override
  public void onError(Throwable cause, Callback callback) {
    callback.succeeded();
  }

  @Override
  public void onClosed(CloseStatus status, Callback callback) {
    streams.closed(this);
    callback.succeeded();
  }

  void send(OutboundMessage message) {
    CoreSession open = connection;
    if (open != null) {
      byte[] bytes = combined ? message.combined() : message.raw();
      write(open, OpCode.TEXT, ByteBuffer.wrap(bytes));
    }
  }

  /** Pings when one is due; closes a session that answers none or has lived out its day. */
  void tend() {
    CoreSession open = connection;
    if (open == null) {
      return;
    }
    switch (limits.tend()) {
      case PING -> write(open, OpCode.PING, ByteBuffer.allocate(0));
      case UNANSWERED -> close(open, CloseStatus.POLICY_VIOLATION, "Pong timeout");
      case EXPIRED -> close(open, CloseStatus.SHUTDOWN, "24 hours are over");
      case FINE -> {}
    }
  }

  void abort() {
    CoreSession open = connection;
    if (open != null) {
      open.abort();
    }
  }

  private void write(CoreSession open, byte opCode, ByteBuffer payload) {
    if (pending.incrementAndGet() > MOST_PENDING) {
      open.abort();
      return;
    }
    Callback done = Callback.from(pending::decrementAndGet, failure -> abort());
    open.sendFrame(new Frame(opCode, payload), done, false);
  }

  private static void close(CoreSession open, int code, String reason) {
    open.close(code, reason, Callback.from(() -> {}, failure -> open.abort()));
  }

  private static ByteBuffer copy(@Nullable ByteBuffer payload) {
    if (payload == null) {
      return ByteBuffer.allocate(0);
    }
    return ByteBuffer.allocate(payload.remaining()).put(payload.slice()).flip();
  }
}
