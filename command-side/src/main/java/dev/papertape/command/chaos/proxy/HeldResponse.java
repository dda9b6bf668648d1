package dev.papertape.command.chaos.proxy;

import dev.papertape.command.chaos.fault.ArmedFault;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * A reply whose first byte is held back: the venue has answered, and counted the call, but who
 * asked does not hear of it yet. Let go when the hold is over or the fault is off, whichever is
 * first.
 */
final class HeldResponse extends Response.Wrapper {
  /** How often a held reply looks whether the fault was taken back early. */
  private static final long LOOK_MS = 20;

  private final ArmedFault fault;
  private final VenueLane lane;
  private final Instant until;
  private final ScheduledExecutorService timer;
  private boolean released;

  HeldResponse(
      Request request,
      Response response,
      ArmedFault fault,
      VenueLane lane,
      Duration hold,
      ScheduledExecutorService timer) {
    super(request, response);
    this.fault = fault;
    this.lane = lane;
    this.until = lane.now().plus(hold);
    this.timer = timer;
  }

  @Override
  public void write(boolean last, ByteBuffer bytes, Callback callback) {
    if (released) {
      super.write(last, bytes, callback);
      return;
    }
    released = true;
    fault.hit();
    whenOver(() -> super.write(last, bytes, callback));
  }

  private void whenOver(Runnable write) {
    if (fault.isActive(lane.now()) && lane.now().isBefore(until)) {
      timer.schedule(() -> whenOver(write), LOOK_MS, TimeUnit.MILLISECONDS);
    } else {
      write.run();
    }
  }
}
