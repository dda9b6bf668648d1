package dev.papertape.command.market.recorded;

import dev.papertape.command.market.WireProtocol;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Raw messages of the shared captures, of the protocols that are decoded. */
public final class CapturedFrames {
  private CapturedFrames() {}

  /**
   * @param url null for a frame of a socket
   */
  public record Message(WireProtocol wire, String url, byte[] text) {}

  /** What to do with a message. */
  public interface Visitor {
    void visit(Message message);
  }

  /** Captures under {@code l2/} in a folder of that name whose kind is known. */
  public static List<Path> files(String folder) throws IOException {
    try (Stream<Path> files = Files.list(SharedCaptures.l2(folder))) {
      return files.filter(CapturedFrames::isKnown).sorted().toList();
    }
  }

  /** Every {@code step}-th message of the file. */
  public static void read(Path file, int step, Visitor visitor) throws IOException {
    Recording recording = Recording.lookAt(file);
    LineFormat reader = recording.format().reader();
    try (CaptureLines lines = new CaptureLines(file)) {
      for (int i = 0; lines.advance(); i++) {
        CapturedLine line = reader.read(lines.bytes(), lines.from(), lines.to());
        if (i % step == 0) {
          switch (line) {
            case CapturedLine.Frame f ->
                visitor.visit(
                    new Message(
                        recording.wire(), null, Arrays.copyOfRange(f.bytes(), f.from(), f.to())));
            case CapturedLine.Fetched f ->
                visitor.visit(
                    new Message(
                        recording.wire(),
                        f.url(),
                        Arrays.copyOfRange(f.bytes(), f.from(), f.to())));
            default -> {}
          }
        }
      }
    }
  }

  private static boolean isKnown(Path file) {
    try {
      Recording.lookAt(file);
      return true;
    } catch (IllegalArgumentException otherVenue) {
      return false;
    } catch (IOException unreadable) {
      throw new java.io.UncheckedIOException(unreadable);
    }
  }

  /** A fresh decoder that knows every name it can split, and whose snapshot may lack one. */
  public static dev.papertape.command.market.wire.FrameDecoder decoder(WireProtocol wire) {
    var decoder = Wires.decoder(wire, Wires.names(wire));
    decoder.inlineSnapshotsOf(new dev.papertape.contracts.market.Symbol("BTC-USDT"));
    return decoder;
  }
}
