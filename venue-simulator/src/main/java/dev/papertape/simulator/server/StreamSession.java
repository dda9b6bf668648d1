package dev.papertape.simulator.server;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
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
 * messages wait for it; one that talks too much or answers no ping is closed with 1008. What is
 * said and in which form is the {@link Dialect}'s, under this session's lock.
 */
final class StreamSession implements FrameHandler, Dialect.Line {

  static final int MOST_PENDING = 1000;
  private static final int LONGEST_REQUEST = 65_536;

  private final VenueStreams streams;
  private final Dialect dialect;
  private final LongSupplier nanos;
  private final long openedNanos;
  private final SessionLimits limits;
  private final Set<String> subscribed = new LinkedHashSet<>();
  private final AtomicInteger pending = new AtomicInteger();
  private final StringBuilder fragments = new StringBuilder();
  private volatile @Nullable CoreSession connection;

  StreamSession(VenueStreams streams, Dialect dialect, LongSupplier nanos) {
    this.streams = streams;
    this.dialect = dialect;
    this.nanos = nanos;
    this.openedNanos = nanos.getAsLong();
    this.limits = new SessionLimits(nanos);
  }

  @Override
  public void onOpen(CoreSession opened, Callback callback) {
    connection = opened;
    streams.opened(this);
    synchronized (this) {
      dialect.opened(this);
    }
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
      synchronized (this) {
        dialect.request(text, this);
      }
    }
  }

  @Override
  public void say(String json) {
    CoreSession open = connection;
    if (open != null) {
      write(open, OpCode.TEXT, ByteBuffer.wrap(json.getBytes(StandardCharsets.UTF_8)));
    }
  }

  @Override
  public boolean isKnown(String stream) {
    return streams.isKnown(stream);
  }

  @Override
  public Set<String> subscribed() {
    return subscribed;
  }

  @Override
  public void subscribe(List<String> names) {
    subscribed.addAll(names);
    streams.subscribe(this, names);
  }

  @Override
  public void unsubscribe(List<String> names) {
    names.forEach(subscribed::remove);
    streams.unsubscribe(this, names);
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

  synchronized void send(OutboundMessage message) {
    CoreSession open = connection;
    byte[] bytes = open == null ? null : dialect.encode(message);
    if (open != null && bytes != null) {
      write(open, OpCode.TEXT, ByteBuffer.wrap(bytes));
    }
  }

  /** A message of one of its streams is lost on its way. */
  synchronized void lose(OutboundMessage message) {
    dialect.lost(message);
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
    String reason;
    synchronized (this) {
      reason = dialect.mustEnd(TimeUnit.NANOSECONDS.toSeconds(nanos.getAsLong() - openedNanos));
    }
    if (reason != null) {
      close(open, CloseStatus.POLICY_VIOLATION, reason);
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
