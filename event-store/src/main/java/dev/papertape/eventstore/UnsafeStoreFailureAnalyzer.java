package dev.papertape.eventstore;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Shows the sentence instead of a stack trace. */
final class UnsafeStoreFailureAnalyzer extends AbstractFailureAnalyzer<UnsafeStoreException> {
  @Override
  protected FailureAnalysis analyze(Throwable rootFailure, UnsafeStoreException cause) {
    return new FailureAnalysis(cause.getMessage(), null, cause);
  }
}
