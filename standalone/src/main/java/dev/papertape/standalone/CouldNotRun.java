package dev.papertape.standalone;

/** The program cannot do what was asked for; the message is one sentence that says why. */
public final class CouldNotRun extends RuntimeException {

  public CouldNotRun(String sentence) {
    super(sentence);
  }

  public CouldNotRun(String sentence, Throwable cause) {
    super(sentence, cause);
  }
}
