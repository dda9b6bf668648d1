package dev.papertape.command.chaos.fault;

/** What is to be done with a message. */
public sealed interface Outcome {
  /** Hand it on, byte for byte. */
  record Pass() implements Outcome {
    public static final Pass AS_IT_IS = new Pass();
  }

  /** Hand on nothing. */
  record Drop() implements Outcome {
    public static final Drop IT = new Drop();
  }

  /**
   * Hand on this text instead.
   *
   * @param text UTF-8
   */
  record Replace(byte[] text) implements Outcome {}
}
