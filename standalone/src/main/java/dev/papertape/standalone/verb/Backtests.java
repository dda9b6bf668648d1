package dev.papertape.standalone.verb;

/** Runs the engine over history. Found by {@link java.util.ServiceLoader}. */
public interface Backtests {

  /**
   * Runs it to the end and returns what the verb prints, as Jackson writes it.
   *
   * @throws dev.papertape.standalone.CouldNotRun if a file, a symbol or an alpha cannot be used
   * @throws Exception if the machinery breaks
   */
  Object run(BacktestRequest request, Progress progress) throws Exception;
}
