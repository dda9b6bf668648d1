package dev.papertape.standalone.verb;

/** Plays recordings at full speed into a fresh log. Found by {@link java.util.ServiceLoader}. */
public interface Playback {

  /**
   * Plays everything and returns what the verb prints, as Jackson writes it.
   *
   * @throws dev.papertape.standalone.CouldNotRun if a file is no recording that we know
   * @throws Exception if the machinery breaks
   */
  Object play(PlayRequest request, Progress progress) throws Exception;
}
