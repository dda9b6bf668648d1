package dev.papertape.eventstore.projection;

import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.axonframework.common.Registration;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.EventTrackerStatus;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.Segment;
import org.axonframework.eventhandling.StreamingEventProcessor;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.messaging.MessageHandlerInterceptor;
import org.axonframework.messaging.StreamableMessageSource;
import org.jspecify.annotations.Nullable;

/**
 * How a projection looks to Axon: a streaming processor of one segment that is neither split nor
 * merged, and whose only reset is to the start of the log.
 */
abstract class AxonFace implements StreamingEventProcessor {
  private static final Segment SEGMENT = Segment.ROOT_SEGMENT;

  private final List<MessageHandlerInterceptor<? super EventMessage<?>>> interceptors =
      new CopyOnWriteArrayList<>();

  abstract long position() throws SQLException;

  abstract @Nullable Throwable failure();

  abstract boolean replaying();

  @Override
  public final String getTokenStoreIdentifier() {
    return "projection_position";
  }

  /** Refused: the lease decides where a projection runs; shut it down to make another take over. */
  @Override
  public final void releaseSegment(int segmentId) {
    throw new UnsupportedOperationException("a projection moves by its lease; shut it down here");
  }

  @Override
  public final void releaseSegment(int segmentId, long releaseDuration, TimeUnit unit) {
    releaseSegment(segmentId);
  }

  @Override
  public final CompletableFuture<Boolean> splitSegment(int segmentId) {
    return CompletableFuture.completedFuture(false);
  }

  @Override
  public final CompletableFuture<Boolean> mergeSegment(int segmentId) {
    return CompletableFuture.completedFuture(false);
  }

  @Override
  public final boolean supportsReset() {
    return true;
  }

  @Override
  public final <R> void resetTokens(R resetContext) {
    resetTokens();
  }

  /** Only a function that gives the start (null, or position 0) is obeyed. */
  @Override
  public final void resetTokens(
      Function<StreamableMessageSource<TrackedEventMessage<?>>, TrackingToken> initialToken) {
    throw onlyToTheStart();
  }

  @Override
  public final <R> void resetTokens(
      Function<StreamableMessageSource<TrackedEventMessage<?>>, TrackingToken> initialToken,
      R resetContext) {
    throw onlyToTheStart();
  }

  /** Rows cannot be taken back to a position in the middle; only the start is obeyed. */
  @Override
  public final <R> void resetTokens(@Nullable TrackingToken startPosition, R resetContext) {
    if (startPosition != null && startPosition.position().orElse(0) > 0) {
      throw onlyToTheStart();
    }
    resetTokens();
  }

  @Override
  public final int maxCapacity() {
    return 1;
  }

  /** One segment, also while another process runs it; empty if the database cannot be asked. */
  @Override
  public final Map<Integer, EventTrackerStatus> processingStatus() {
    try {
      return Map.of(SEGMENT.getSegmentId(), new Status(position(), replaying(), failure()));
    } catch (SQLException unknown) {
      return Map.of();
    }
  }

  /** Kept for Axon's configuration, never called: a fold sees rows of the log, not messages. */
  @Override
  public final Registration registerHandlerInterceptor(
      MessageHandlerInterceptor<? super EventMessage<?>> interceptor) {
    interceptors.add(interceptor);
    return () -> interceptors.remove(interceptor);
  }

  @Override
  public final List<MessageHandlerInterceptor<? super EventMessage<?>>> getHandlerInterceptors() {
    return List.copyOf(interceptors);
  }

  private UnsupportedOperationException onlyToTheStart() {
    return new UnsupportedOperationException(
        "projection '" + getName() + "' can only be reset to the start of the log");
  }

  private record Status(long position, boolean replaying, @Nullable Throwable failure)
      implements EventTrackerStatus {
    @Override
    public Segment getSegment() {
      return SEGMENT;
    }

    @Override
    public boolean isCaughtUp() {
      return !replaying && failure == null;
    }

    @Override
    public boolean isReplaying() {
      return replaying;
    }

    @Override
    public boolean isMerging() {
      return false;
    }

    @Override
    public OptionalLong mergeCompletedPosition() {
      return OptionalLong.empty();
    }

    @Override
    public TrackingToken getTrackingToken() {
      return new GlobalSequenceTrackingToken(position);
    }

    @Override
    public boolean isErrorState() {
      return failure != null;
    }

    @Override
    public @Nullable Throwable getError() {
      return failure;
    }

    @Override
    public OptionalLong getCurrentPosition() {
      return OptionalLong.of(position);
    }

    @Override
    public OptionalLong getResetPosition() {
      return OptionalLong.empty();
    }
  }
}
