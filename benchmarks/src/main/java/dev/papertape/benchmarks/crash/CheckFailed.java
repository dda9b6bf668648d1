package dev.papertape.benchmarks.crash;

import java.io.Serial;

/** What should hold does not; the message says what, in whole sentences. */
final class CheckFailed extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  CheckFailed(String sentence) {
    super(sentence);
  }

  CheckFailed(String sentence, Throwable cause) {
    super(sentence, cause);
  }
}
