package dev.papertape.command.market.recorder;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.papertape.command.market.WireProtocol;
import dev.papertape.command.market.connector.FrameTap;
import dev.papertape.contracts.market.InstrumentRules;
import dev.papertape.contracts.market.Venue;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tees the raw frames of connectors into one file a venue connection. What is older than a second
 * outlives a crash. A disk that fails ends the recording, never the feed: {@link #failure()} says
 * why. Thread-safe.
 */
public final class FrameRecorder implements FrameTap, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(FrameRecorder.class);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final DateTimeFormatter STARTED =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss.SSS'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  /** What was written. */
  public record Written(Path file, Venue venue, long frames) {}

  private static final long FLUSH_EVERY_MILLIS = 1000;

  /** Makes the file of a connection. */
  @FunctionalInterface
  interface Opener {
    OutputStream open(Path path) throws IOException;
  }

  private final Path folder;
  private final Opener opener;
  private final ScheduledExecutorService flushing;
  private final Map<Venue, WireProtocol> wires;
  private final String build;
  private final Map<Venue, RecordingFile> open = new HashMap<>();
  private final List<Written> closed = new ArrayList<>();
  private @Nullable IOException failure;

  /**
   * @param wires the protocol of each venue that may speak
   * @param build which program recorded it
   * @throws IOException if the folder cannot be made
   */
  public FrameRecorder(Path folder, Map<Venue, WireProtocol> wires, String build)
      throws IOException {
    this(folder, wires, build, path -> Files.newOutputStream(path, StandardOpenOption.CREATE_NEW));
  }

  FrameRecorder(Path folder, Map<Venue, WireProtocol> wires, String build, Opener opener)
      throws IOException {
    this.folder = Files.createDirectories(folder);
    this.wires = Map.copyOf(wires);
    this.build = build;
    this.opener = opener;
    this.flushing =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("recording-flush").factory());
    var _ =
        flushing.scheduleWithFixedDelay(
            this::flush, FLUSH_EVERY_MILLIS, FLUSH_EVERY_MILLIS, TimeUnit.MILLISECONDS);
  }

  private synchronized void flush() {
    if (failure != null) {
      return;
    }
    try {
      for (RecordingFile file : open.values()) {
        file.flush();
      }
    } catch (IOException broken) {
      failed(broken);
    }
  }

  @Override
  public synchronized void connected(
      Venue venue, Instant at, String address, List<InstrumentRules> instruments) {
    disconnected(venue);
    if (failure != null) {
      return;
    }
    try {
      Path path = folder.resolve(venue + "-" + STARTED.format(at) + ".gz");
      for (int i = 2; Files.exists(path); i++) {
        path = folder.resolve(venue + "-" + STARTED.format(at) + "-" + i + ".gz");
      }
      String header = header(venue, at, address, instruments);
      open.put(venue, new RecordingFile(path, opener.open(path), header));
    } catch (IOException broken) {
      failed(broken);
    }
  }

  private String header(
      Venue venue, Instant at, String address, List<InstrumentRules> instruments) {
    ObjectNode header = JSON.createObjectNode().put("venue", venue.name());
    WireProtocol wire = wires.get(venue);
    if (wire != null) {
      header.put("wire", wire.name());
    }
    ArrayNode symbols = header.putArray("symbols");
    instruments.forEach(rules -> symbols.add(rules.symbol().value()));
    header.put("started", at.toString()).put("build", build).put("address", address);
    ArrayNode listed = header.putArray("instruments");
    for (InstrumentRules rules : instruments) {
      listed
          .addObject()
          .put("symbol", rules.symbol().value())
          .put("wireSymbol", rules.wireSymbol())
          .put("tickSize", rules.tickSize().toPlainString())
          .put("lotSize", rules.lotSize().toPlainString())
          .put("minNotional", rules.minNotional().toPlainString());
    }
    return header.toString();
  }

  @Override
  public synchronized void frame(Venue venue, Instant at, byte[] bytes, int length) {
    RecordingFile file = open.get(venue);
    if (file != null && failure == null) {
      try {
        file.frame(at, bytes, length);
      } catch (IOException broken) {
        failed(broken);
      }
    }
  }

  @Override
  public synchronized void fetched(Venue venue, Instant at, String url, byte[] body) {
    RecordingFile file = open.get(venue);
    if (file != null && failure == null) {
      try {
        file.fetched(at, url, body);
      } catch (IOException broken) {
        failed(broken);
      }
    }
  }

  @Override
  public synchronized void closed(Venue venue, Instant at, String reason) {
    RecordingFile file = open.get(venue);
    if (file != null && failure == null) {
      try {
        file.closed(at, reason);
      } catch (IOException broken) {
        failed(broken);
      }
    }
  }

  @Override
  public synchronized void disconnected(Venue venue) {
    RecordingFile file = open.remove(venue);
    if (file == null) {
      return;
    }
    closed.add(new Written(file.path(), venue, file.lines()));
    try {
      file.close();
    } catch (IOException broken) {
      failed(broken);
    }
  }

  /** Why nothing is recorded any more, null while all is well. */
  public synchronized @Nullable IOException failure() {
    return failure;
  }

  /** Every file that was ended, in the order of their ends. */
  public synchronized List<Written> written() {
    return List.copyOf(closed);
  }

  @Override
  public synchronized void close() {
    flushing.shutdownNow();
    List.copyOf(open.keySet()).forEach(this::disconnected);
  }

  private void failed(IOException broken) {
    if (failure == null) {
      failure = broken;
      log.error("the recording ends here: {}", broken.getMessage());
    }
  }
}
