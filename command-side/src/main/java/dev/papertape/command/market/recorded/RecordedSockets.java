package dev.papertape.command.market.recorded;

import dev.papertape.command.market.VenueInput;
import dev.papertape.command.market.VenueInput.SocketClosed;
import dev.papertape.command.market.VenueInput.SocketOpened;
import dev.papertape.command.market.wire.FrameDecoder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The sockets of one capture: told as opened before their first frame, each with its decoder. */
final class RecordedSockets {
  /** One of them. */
  static final class Connection {
    private final int source;
    private FrameDecoder decoder;
    private @Nullable String address;
    private boolean open;

    private Connection(int source, FrameDecoder decoder) {
      this.source = source;
      this.decoder = decoder;
    }

    int source() {
      return source;
    }

    FrameDecoder decoder() {
      return decoder;
    }
  }

  private final Map<String, Connection> connections = new LinkedHashMap<>();
  private final Arrivals arrivals;
  private final Supplier<FrameDecoder> decoders;
  private final int source;
  private final int sources;

  /**
   * @param source number of the first; further ones count on from there in steps of {@code sources}
   */
  RecordedSockets(Arrivals arrivals, Supplier<FrameDecoder> decoders, int source, int sources) {
    this.arrivals = arrivals;
    this.decoders = decoders;
    this.source = source;
    this.sources = sources;
  }

  Connection named(String name) {
    return connections.computeIfAbsent(
        name, _ -> new Connection(source + sources * connections.size(), decoders.get()));
  }

  List<Connection> open() {
    return connections.values().stream().filter(each -> each.open).toList();
  }

  /** The capture says that a socket was opened; the same address again is another connection. */
  void connected(String name, String address, Consumer<VenueInput> sink) {
    Connection socket = named(name);
    if (address.equals(socket.address)) {
      close(socket, "the recording connects anew", sink);
    }
    socket.address = address;
    open(socket, address, sink);
  }

  void open(Connection socket, String endpoint, Consumer<VenueInput> sink) {
    if (!socket.open) {
      socket.open = true;
      sink.accept(new SocketOpened(arrivals.next(socket.source), endpoint));
    }
  }

  void close(Connection socket, String reason, Consumer<VenueInput> sink) {
    if (socket.open) {
      sink.accept(new SocketClosed(arrivals.next(socket.source), reason));
      socket.open = false;
      socket.decoder = decoders.get();
    }
  }
}
