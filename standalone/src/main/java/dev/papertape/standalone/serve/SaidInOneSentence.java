package dev.papertape.standalone.serve;

import dev.papertape.eventstore.UnsafeStoreException;
import dev.papertape.eventstore.embedded.EmbeddedPostgresException;
import dev.papertape.standalone.CouldNotRun;
import org.springframework.boot.SpringBootExceptionReporter;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.Ordered;

/**
 * Keeps Spring from printing the stack of a failure that {@link Server} tells in one sentence. Any
 * other failure is a defect, and its stack is wanted.
 */
final class SaidInOneSentence implements SpringBootExceptionReporter, Ordered {

  SaidInOneSentence(ConfigurableApplicationContext context) {}

  @Override
  public boolean reportException(Throwable failure) {
    for (Throwable e = failure; e != null; e = e.getCause()) {
      switch (e) {
        case EmbeddedPostgresException _,
            UnsafeStoreException _,
            CouldNotRun _,
            PortInUseException _ -> {
          return true;
        }
        default -> {}
      }
    }
    return false;
  }

  @Override
  public int getOrder() {
    return HIGHEST_PRECEDENCE;
  }
}
