package dev.papertape.command.market.connector;

import dev.papertape.command.budget.ApiCall;
import dev.papertape.command.budget.ApiReply;
import dev.papertape.command.budget.BudgetedCalls;
import dev.papertape.command.budget.ReplyReader;
import dev.papertape.command.market.WireProtocol;
import dev.papertape.contracts.budget.Capability;
import dev.papertape.contracts.market.Venue;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;

/** One venue's public REST calls, through the budget. Blocking. */
final class RestCalls {
  private static final int LARGEST_BODY = 32 << 20;

  /** The venue does not know what it was asked for; asking again will not help. */
  static final class Refused extends IOException {
    private static final long serialVersionUID = 1L;

    Refused(String message) {
      super(message);
    }
  }

  private final BudgetedCalls calls;
  private final ReplyReader reader;
  private final Venue venue;
  private final URI base;
  private final Duration timeout;

  RestCalls(BudgetedCalls calls, WireProtocol wire, ConnectorSettings settings) {
    this(calls, wire, settings.venue(), settings.rest(), settings.requestTimeout());
  }

  RestCalls(BudgetedCalls calls, WireProtocol wire, Venue venue, URI base, Duration timeout) {
    this.calls = calls;
    this.reader = VenueReplies.of(wire);
    this.venue = venue;
    this.base = base;
    this.timeout = timeout;
  }

  Venue venue() {
    return venue;
  }

  BudgetedCalls gate() {
    return calls;
  }

  /** As {@link #get(Capability, String, long)}, of a call that weighs 1. */
  byte[] get(Capability capability, String pathAndQuery) throws IOException, InterruptedException {
    return get(capability, pathAndQuery, 1);
  }

  /**
   * The body of a 200; {@link Refused} for 400 and 404, {@link IOException} for all else.
   *
   * @param weight as the venue documents it
   */
  byte[] get(Capability capability, String pathAndQuery, long weight)
      throws IOException, InterruptedException {
    ApiCall call =
        ApiCall.once(venue.name(), capability, URI.create(base + pathAndQuery), weight, timeout)
            .withLargestBody(LARGEST_BODY);
    ApiReply answer = calls.get(patiently(call), reader);
    if (answer.status() == 400 || answer.status() == 404) {
      throw new Refused(pathAndQuery + " is refused");
    }
    if (answer.status() != 200) {
      throw new IOException(pathAndQuery + " answered " + answer.status());
    }
    return answer.body();
  }

  /** Without its instruments and books a venue is of no use, so those may use all there is. */
  private static ApiCall patiently(ApiCall call) {
    return switch (call.capability()) {
      case EXCHANGE_INFO -> call.asCritical().trying(3, Duration.ofSeconds(5));
      case L2_SNAPSHOT -> call.asCritical().trying(2, Duration.ofSeconds(2));
      case OHLCV -> call.trying(3, Duration.ofSeconds(5));
      case TRADES, PRICE, SERVER_TIME -> call;
    };
  }
}
