package dev.papertape.simulator.wire;

/** Where the stream messages of all venues go, in the order in which they happen. */
public interface StreamSink {

  /** Whether anybody listens; a message nobody wants is not even written. */
  boolean wants(String venue, String stream);

  /**
   * @param venue that sends it
   * @param stream {@code btcusdt@depth@100ms}
   * @param eventMillis simulated time at the exchange
   * @param json the message without the combined-stream envelope
   */
  void accept(String venue, String stream, long eventMillis, String json);
}
