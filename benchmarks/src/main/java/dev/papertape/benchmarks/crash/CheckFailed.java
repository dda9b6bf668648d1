package dev.papertape.benchmarks.crash;

import java.io.Serial;

/** What should hold does not; the message says what, in whole sentences. */
public final class CheckFailed extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  public CheckFailed(String sentence) {
    super(sentence);
  }

  public CheckFailed(String sentence, Throwable cause) {
    super(sentence, cause);
  }
}
