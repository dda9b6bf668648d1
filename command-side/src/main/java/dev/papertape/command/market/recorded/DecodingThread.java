package dev.papertape.command.market.recorded;

import dev.papertape.command.market.VenueInput;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * Runs a file's decoder ahead of the reader, in batches, so that the two threads meet rarely. At
 * most {@link #BATCHES_AHEAD} batches wait; the decoder then waits too.
 */
final class DecodingThread {
  private static final int BATCH = 256;
  private static final int BATCHES_AHEAD = 16;

  private record Batch(List<VenueInput> inputs, boolean last, @Nullable Throwable failure) {}

  private static final class Stopped extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Stopped() {
      super(null, null, false, false);
    }
  }

  private final BlockingQueue<Batch> queue = new ArrayBlockingQueue<>(BATCHES_AHEAD);
  private final Thread thread;
  private final RecordingDecoder decoder;
  private List<VenueInput> filling = new ArrayList<>(BATCH);
  private Batch reading = new Batch(List.of(), false, null);
  private int read;

  DecodingThread(String name, RecordingDecoder decoder) {
    this.decoder = decoder;
    this.thread = Thread.ofPlatform().daemon().name("decode " + name).unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  void stop() {
    thread.interrupt();
  }

  /** The next input, waiting for it; null at the end. Rethrows what broke the decoding. */
  @Nullable VenueInput peek() {
    while (read == reading.inputs().size()) {
      if (reading.failure() != null) {
        rethrow(reading.failure());
      }
      if (reading.last()) {
        return null;
      }
      reading = await();
      read = 0;
    }
    return reading.inputs().get(read);
  }

  void take() {
    read++;
  }

  private Batch await() {
    try {
      return queue.take();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while a recording was read", interrupted);
    }
  }

  private void run() {
    try {
      decoder.decode(this::accept);
      put(new Batch(filling, true, null));
    } catch (Stopped closed) {
      // The reader is gone; nobody waits.
    } catch (Throwable broken) { // An error too: else the reader would wait for ever.
      put(new Batch(filling, true, broken));
    }
  }

  private static void rethrow(Throwable failure) {
    if (failure instanceof Error error) {
      throw error;
    }
    throw failure instanceof RuntimeException broken ? broken : new IllegalStateException(failure);
  }

  private void accept(VenueInput input) {
    filling.add(input);
    if (filling.size() == BATCH) {
      put(new Batch(filling, false, null));
      filling = new ArrayList<>(BATCH);
    }
  }

  private void put(Batch batch) {
    try {
      queue.put(batch);
    } catch (InterruptedException closed) {
      throw new Stopped();
    }
  }
}
