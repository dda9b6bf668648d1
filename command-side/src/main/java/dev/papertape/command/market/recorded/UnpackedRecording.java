package dev.papertape.command.market.recorded;

import dev.papertape.command.market.VenueInput;
import dev.papertape.command.market.VenueProfile;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/**
 * One capture, unpacked in memory and decoded on the calling thread, as often as wanted: what
 * decoding costs without files, compression and other threads.
 */
public final class UnpackedRecording {
  private final Recording recording;
  private final RecordedVenues venues;
  private final byte[] lines;

  private UnpackedRecording(Recording recording, RecordedVenues venues, byte[] lines) {
    this.recording = recording;
    this.venues = venues;
    this.lines = lines;
  }

  /**
   * Throws {@link IllegalArgumentException} with one sentence if the file is no capture of a known
   * kind, {@link IOException} if it cannot be read.
   */
  public static UnpackedRecording open(Path file, RecordedVenues venues) throws IOException {
    ByteArrayOutputStream unpacked = new ByteArrayOutputStream();
    try (CaptureLines packed = new CaptureLines(file)) {
      while (packed.advance()) {
        unpacked.write(packed.bytes(), packed.from(), packed.to() - packed.from());
        unpacked.write('\n');
      }
    }
    return new UnpackedRecording(Recording.lookAt(file), venues, unpacked.toByteArray());
  }

  public VenueProfile profile() {
    return venues.profile(
        recording.venue(), recording.wire(), List.of(recording.file().toString()));
  }

  /** Decodes all of it, in order. */
  public SourceReport decode(Consumer<VenueInput> sink) {
    RecordingDecoder decoder =
        new RecordingDecoder(recording, venues, recording.finest(), 0, 1, null);
    try (CaptureLines unpacked = new CaptureLines(new ByteArrayInputStream(lines))) {
      decoder.decode(unpacked, sink);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return decoder.report();
  }
}
