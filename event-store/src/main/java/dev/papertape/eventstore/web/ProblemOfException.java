package dev.papertape.eventstore.web;

import dev.papertape.eventstore.append.AppendFailure;
import dev.papertape.eventstore.log.LogUnavailableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.apache.coyote.BadRequestException;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.TypeMismatchException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.context.request.async.AsyncRequestTimeoutException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.servlet.resource.NoResourceFoundException;

/** Which problem an exception stands for; empty for a bug, which becomes a logged 500. */
final class ProblemOfException {
  private static final Duration SOON = Duration.ofSeconds(1);

  private ProblemOfException() {}

  static Optional<Problem> of(Throwable thrown) {
    Throwable cause = unwrap(thrown);
    return Optional.ofNullable(
        switch (cause) {
          case ProblemException refused -> refused.problem();
          case AppendFailure failure -> ofAppend(failure);
          case ContractBroken broken ->
              Problem.of(ProblemKind.INTERNAL_ERROR, String.valueOf(broken.getMessage()));
          case DataAccessResourceFailureException _,
              TransientDataAccessException _,
              CannotCreateTransactionException _,
              LogUnavailableException _ ->
              Problem.retryLater(ProblemKind.UNAVAILABLE, "the database is not available", SOON);
          case AsyncRequestTimeoutException _ ->
              Problem.retryLater(ProblemKind.UNAVAILABLE, "no answer in time", SOON);
          case BadRequestException _ ->
              Problem.violated(
                  ProblemKind.MALFORMED_REQUEST,
                  List.of(
                      new Violation("", "UNREADABLE", "the body's transfer cannot be read", null)));
          case HttpRequestMethodNotSupportedException method -> ofMethod(method);
          case HttpMediaTypeNotSupportedException type ->
              ofContentType(
                  Objects.toString(type.getContentType(), null),
                  names(type.getSupportedMediaTypes()));
          case HttpMediaTypeNotAcceptableException type ->
              Problem.of(
                  ProblemKind.NOT_ACCEPTABLE,
                  "this route offers " + names(type.getSupportedMediaTypes()));
          case NoResourceFoundException missing ->
              Problem.of(ProblemKind.NOT_FOUND, "no route /" + missing.getResourcePath());
          case MissingServletRequestParameterException missing ->
              ofParameter(missing.getParameterName(), "MISSING", "is required", null);
          case MethodArgumentTypeMismatchException mismatch ->
              ofParameter(
                  mismatch.getName(),
                  "WRONG_TYPE",
                  "cannot be read",
                  String.valueOf(mismatch.getValue()));
          case TypeMismatchException _ ->
              Problem.of(ProblemKind.MALFORMED_REQUEST, "a parameter has the wrong type");
          case ErrorResponse known -> ofErrorResponse(known);
          default -> null;
        });
  }

  private static Throwable unwrap(Throwable thrown) {
    Throwable cause = thrown;
    while ((cause instanceof CompletionException || cause instanceof ExecutionException)
        && cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause;
  }

  private static Problem ofAppend(AppendFailure failure) {
    return switch (failure) {
      case AppendFailure.QueueFull full ->
          Problem.retryLater(ProblemKind.UNAVAILABLE, full.getMessage(), SOON);
      case AppendFailure.EpochSuperseded lost ->
          Problem.retryLater(ProblemKind.NOT_LEASE_HOLDER, lost.getMessage(), SOON);
      case AppendFailure.DatabaseUnavailable away ->
          Problem.retryLater(ProblemKind.UNAVAILABLE, away.getMessage(), SOON);
      case AppendFailure.OutcomeUnknown unknown ->
          Problem.retryLater(
              ProblemKind.OUTCOME_UNKNOWN,
              unknown.getMessage() + "; send it again with the same Idempotency-Key",
              SOON);
      case AppendFailure.KeyClaimed claimed ->
          Problem.of(ProblemKind.IDEMPOTENCY_KEY_REUSED, claimed.getMessage());
      case AppendFailure.Conflict conflict ->
          Problem.of(ProblemKind.WRONG_STATE, conflict.getMessage());
    };
  }

  private static Problem ofMethod(HttpRequestMethodNotSupportedException method) {
    String[] supported = method.getSupportedMethods();
    String allow = supported == null ? "" : String.join(", ", supported);
    return Problem.of(
            ProblemKind.METHOD_NOT_ALLOWED,
            method.getMethod() + " is not known here; allowed: " + allow)
        .withHeader(HttpHeaders.ALLOW, allow);
  }

  /**
   * @param sent null without one
   * @param read the types that the route reads
   */
  static Problem ofContentType(@Nullable String sent, String read) {
    return Problem.violated(
        ProblemKind.UNSUPPORTED_MEDIA_TYPE,
        List.of(
            Violation.ofHeader(
                HttpHeaders.CONTENT_TYPE,
                sent == null ? "MISSING" : "UNSUPPORTED",
                "content type " + sent + " is not read here; send " + read,
                sent)));
  }

  private static Problem ofParameter(
      String name, String code, String what, @Nullable String rejected) {
    return Problem.violated(
        ProblemKind.INVALID_PARAMETERS,
        List.of(Violation.ofQuery(name, code, name + " " + what, rejected)));
  }

  /** Every other exception of Spring's that carries its own status, all of them 4xx or 503. */
  private static Problem ofErrorResponse(ErrorResponse known) {
    String detail = known.getBody().getDetail();
    ProblemKind kind = ProblemKind.ofStatus(known.getStatusCode().value());
    return Problem.of(kind, detail == null ? kind.title() : detail);
  }

  private static String names(List<MediaType> types) {
    var names = new ArrayList<String>();
    types.forEach(type -> names.add(type.toString()));
    return names.isEmpty() ? "nothing else" : String.join(", ", names);
  }
}
