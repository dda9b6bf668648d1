package dev.papertape.command.budget;

import dev.papertape.contracts.budget.BudgetCommand.RegisterProvider;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Begins the ledgers of the venues that have none yet, and from then on keeps all of them tidy:
 * expired reservations, settlements that could not be written, denials that were only counted. One
 * platform thread, in every process; what two of them do, happens once.
 */
final class ProviderKeeper implements SmartLifecycle {
  private static final Logger log = LoggerFactory.getLogger(ProviderKeeper.class);

  /** After the command handlers and the web server, before the engine with its connectors. */
  static final int PHASE = Integer.MAX_VALUE - 600;

  private static final Duration EVERY = Duration.ofSeconds(5);
  private static final Duration LONGEST_CLOSE = Duration.ofSeconds(5);

  private final List<RegisterProvider> registrations;
  private final Consumer<RegisterProvider> register;
  private final LedgerBudget budget;
  private final ProviderClocks clocks;
  private final List<RegisterProvider> unregistered = new ArrayList<>();
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread thread;
  private volatile boolean running;

  ProviderKeeper(
      List<RegisterProvider> registrations,
      Consumer<RegisterProvider> register,
      LedgerBudget budget,
      ProviderClocks clocks) {
    this.registrations = List.copyOf(registrations);
    this.register = register;
    this.budget = budget;
    this.clocks = clocks;
    this.thread = Thread.ofPlatform().daemon().name("provider-keeper").unstarted(this::run);
  }

  /**
   * Registers, so that the first call finds its ledger; what fails now is tried again later. The
   * database may be away, and a start does not wait for it.
   */
  @Override
  public void start() {
    running = true;
    unregistered.addAll(registerAll(registrations));
    if (!registrations.isEmpty()) {
      thread.start();
    }
  }

  private List<RegisterProvider> registerAll(List<RegisterProvider> wanted) {
    List<RegisterProvider> left = new ArrayList<>();
    for (RegisterProvider each : wanted) {
      try {
        register.accept(each);
      } catch (RuntimeException failure) {
        log.warn("the ledger of {} cannot begin yet: {}", each.provider(), failure.toString());
        left.add(each);
      }
    }
    return left;
  }

  private void run() {
    try {
      while (!closing.await(EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
        List<RegisterProvider> left = registerAll(List.copyOf(unregistered));
        unregistered.clear();
        unregistered.addAll(left);
        tidy();
      }
      budget.countDenials(true);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Expires only where the provider's clock is in view. Elsewhere we would write down our own time,
   * and a ledger never goes back; what is due there expires with the next call.
   */
  void tidy() {
    List<String> known =
        registrations.stream()
            .map(RegisterProvider::provider)
            .filter(provider -> clocks.offsetMs(provider).isPresent())
            .toList();
    budget.tidy(known, clocks::now);
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  @Override
  public int getPhase() {
    return PHASE;
  }

  @Override
  public void stop() {
    running = false;
    closing.countDown();
    try {
      if (thread.isAlive()) {
        thread.join(LONGEST_CLOSE);
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }
}
