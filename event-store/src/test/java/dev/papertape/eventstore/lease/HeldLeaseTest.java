package dev.papertape.eventstore.lease;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class HeldLeaseTest {
  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 50); // nanoTime may overflow
  private final AtomicInteger lost = new AtomicInteger();
  private final AtomicInteger released = new AtomicInteger();
  private final CountDownLatch told = new CountDownLatch(1);
  private final HeldLease lease =
      new HeldLease(
          new Epoch("engine", 7),
          "p",
          Duration.ofNanos(90),
          nanos.get(),
          nanos::get,
          () -> {
            lost.incrementAndGet();
            told.countDown();
          },
          l -> released.incrementAndGet());

  @Test
  void isBelievedForItsTimeFromTheMomentOfAskingAndNoLonger() {
    nanos.addAndGet(89);
    assertThat(lease.isHeld()).isTrue();
    nanos.addAndGet(1);
    assertThat(lease.isHeld()).isFalse();
  }

  @Test
  void aRenewalCountsFromWhenItWasAskedNotFromWhenItWasAnswered() {
    long asked = nanos.get() + 30;
    nanos.addAndGet(80);
    lease.renewed(asked);
    nanos.addAndGet(39);
    assertThat(lease.isHeld()).isTrue();
    nanos.addAndGet(1);
    assertThat(lease.isHeld()).isFalse();
  }

  @Test
  void aBeliefThatEndedNeverComesBack() {
    long asked = nanos.get() + 80;
    nanos.addAndGet(90);
    lease.renewed(asked);
    assertThat(lease.isHeld()).isFalse();
  }

  @Test
  void tellsOnceThatItIsLostAndIsThenNotReleased() throws InterruptedException {
    lease.lose();
    lease.lose();
    lease.close();

    assertThat(told.await(10, TimeUnit.SECONDS)).isTrue();
    assertThat(lost).hasValue(1);
    assertThat(released).hasValue(0);
    assertThat(lease.isHeld()).isFalse();
  }

  @Test
  void aReleasedLeaseIsNotReportedLost() {
    lease.close();
    lease.close();
    lease.lose();

    assertThat(released).hasValue(1);
    assertThat(lost).hasValue(0);
    assertThat(lease.isHeld()).isFalse();
  }
}
