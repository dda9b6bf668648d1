package dev.papertape.standalone.verb;

import java.io.PrintStream;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import org.jspecify.annotations.Nullable;

/** How far a long run has come: a bar on a terminal, nothing elsewhere. */
public final class Progress implements AutoCloseable {

  private final @Nullable PrintStream terminal;
  private @Nullable ProgressBar bar;

  private Progress(@Nullable PrintStream terminal) {
    this.terminal = terminal;
  }

  static Progress on(PrintStream err) {
    boolean isTerminal = System.console() != null && System.console().isTerminal();
    return new Progress(isTerminal ? err : null);
  }

  /** Begins a task of so many steps; ends the one before. */
  public void begin(String task, long steps) {
    close();
    if (terminal != null) {
      bar =
          new ProgressBarBuilder()
              .setTaskName(task)
              .setInitialMax(steps)
              .setUpdateIntervalMillis(200)
              .setConsumer(new ConsoleProgressBarConsumer(terminal))
              .build();
    }
  }

  /** So many steps of the task are done in all; cheap enough for every frame. */
  public void at(long steps) {
    ProgressBar current = bar;
    if (current != null) {
      current.stepTo(steps);
    }
  }

  @Override
  public void close() {
    ProgressBar current = bar;
    if (current != null) {
      current.close();
      bar = null;
    }
  }
}
