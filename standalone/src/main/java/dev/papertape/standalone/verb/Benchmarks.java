package dev.papertape.standalone.verb;

import java.io.PrintStream;

/**
 * The scenarios of module benchmarks, which builds on this one. Found by {@link
 * java.util.ServiceLoader}.
 */
public interface Benchmarks {

  /** Runs and prints; returns the exit code. */
  int run(BenchRequest request, PrintStream out, PrintStream err);
}
