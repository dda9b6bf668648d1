package dev.papertape.benchmarks.deploy;

import dev.papertape.command.deploy.ReleasePolicy;
import dev.papertape.command.deploy.Releases;
import dev.papertape.command.deploy.rollout.Deployment;
import dev.papertape.command.deploy.rollout.RolloutRules;
import dev.papertape.command.engine.EngineCommand;
import dev.papertape.command.engine.EngineCommand.ApplyReleases;
import dev.papertape.command.engine.EngineCommand.PlaceOrder;
import dev.papertape.command.engine.OrderProgress;
import dev.papertape.command.guards.GuardLimits;
import dev.papertape.command.market.MarketInput;
import dev.papertape.command.market.VenueInput;
import dev.papertape.contracts.deploy.DeployCommand;
import dev.papertape.contracts.deploy.DeployCommand.PromoteRollout;
import dev.papertape.contracts.deploy.DeployCommand.RegisterCandidate;
import dev.papertape.contracts.deploy.DeployEvent.RolloutEvent;
import dev.papertape.contracts.deploy.PolicyChange;
import dev.papertape.contracts.deploy.RolloutPolicy;
import dev.papertape.contracts.execution.OrderIntent;
import dev.papertape.contracts.execution.Side;
import dev.papertape.contracts.execution.TimeInForce;
import dev.papertape.contracts.market.Symbol;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** The orders and the changes of release of a {@link CutoverRun}, timed on the engine's thread. */
final class CutoverLoad {
  private static final GuardLimits NO_RATE_LIMIT =
      new GuardLimits(new BigDecimal("250000"), new BigDecimal("2000000"), Integer.MAX_VALUE);
  static final ReleasePolicy BASELINE = ReleasePolicy.baseline("bench").with(NO_RATE_LIMIT);

  private static final Symbol SYMBOL = new Symbol("BTC-USDT");
  private static final BigDecimal QUANTITY = new BigDecimal("0.001");
  private static final int WARM_UP = 4_000;
  private static final int OF_A_PHASE = 4_000;
  private static final int AFTER_A_CUTOVER = 1_000;

  /** So many orders may wait for the log: a full journal would be timed, not a decision. */
  private static final int MOST_WAITING = 200;

  /** What is measured of an order. */
  enum Phase {
    WARM_UP,
    BEFORE,
    PARTIAL,
    CUTOVER
  }

  /** What is in force from this order on. */
  private record Turn(int from, Phase phase, Releases releases) {}

  private final List<Turn> turns = new ArrayList<>();
  private final List<CompletableFuture<OrderProgress>> accepted = new ArrayList<>();
  private final double[] micros;
  private final int last;
  private boolean bookHasCome;
  private int nextTurn = 1;
  private int placed;

  CutoverLoad(int cutovers) {
    Releases before = Releases.of(BASELINE);
    turns.add(new Turn(0, Phase.WARM_UP, before));
    turns.add(new Turn(WARM_UP, Phase.BEFORE, before));
    Deployment deployment = half(Deployment.NONE, 0);
    turns.add(new Turn(WARM_UP + OF_A_PHASE, Phase.PARTIAL, of(deployment)));
    int at = WARM_UP + 2 * OF_A_PHASE;
    for (int n = 1; n <= cutovers; n++) {
      deployment = promoted(deployment, n - 1, 1);
      turns.add(new Turn(at, Phase.CUTOVER, of(deployment)));
      deployment = n < cutovers ? half(deployment, n) : deployment;
      at += AFTER_A_CUTOVER;
    }
    last = at;
    micros = new double[last];
  }

  /** Right before a frame's order, the change whose turn it is. */
  List<EngineCommand> after(MarketInput input) {
    bookHasCome |= input instanceof VenueInput.DepthSnapshot;
    if (!bookHasCome || placed == last) {
      return List.of();
    }
    if (placed % MOST_WAITING == 0 && placed > MOST_WAITING) {
      accepted.get(placed - MOST_WAITING).join().settled().join();
    }
    List<EngineCommand> mail = new ArrayList<>(2);
    if (nextTurn < turns.size() && turns.get(nextTurn).from == placed) {
      mail.add(new ApplyReleases(turns.get(nextTurn).releases));
      nextTurn++;
    }
    mail.add(order());
    return mail;
  }

  private PlaceOrder order() {
    int number = placed++;
    Side side = number % 2 == 0 ? Side.BUY : Side.SELL;
    CompletableFuture<OrderProgress> decided = new CompletableFuture<>();
    long from = System.nanoTime();
    // Completed on the engine's thread once the order's facts are with the journal.
    accepted.add(decided.whenComplete((_, _) -> micros[number] = (System.nanoTime() - from) / 1e3));
    return new PlaceOrder(
        new OrderIntent(SYMBOL, side, QUANTITY, null, TimeInForce.IOC, "bench", null),
        Map.of("actor", "bench"),
        _ -> null,
        decided);
  }

  int placed() {
    return placed;
  }

  /** Which release had to decide the order. */
  ReleasePolicy expected(int number, String orderId) {
    Releases.Assignment assignment = turnOf(number).releases.assign(orderId);
    ReleasePolicy candidate = assignment.candidate();
    return assignment.candidateExecutes() && candidate != null ? candidate : assignment.baseline();
  }

  double[] micros(Phase phase) {
    List<Double> of = new ArrayList<>();
    for (int number = 0; number < placed; number++) {
      if (turnOf(number).phase == phase) {
        of.add(micros[number]);
      }
    }
    return of.stream().mapToDouble(Double::doubleValue).toArray();
  }

  /** The capture must be long enough, and every order decided. */
  void requireAll() {
    if (placed < last) {
      throw new IllegalStateException("the capture ended after " + placed + " of " + last);
    }
    accepted.forEach(CompletableFuture::join);
  }

  private Turn turnOf(int number) {
    Turn turn = turns.getFirst();
    for (Turn each : turns) {
      turn = each.from <= number ? each : turn;
    }
    return turn;
  }

  /** A rollout that was promoted until half of the traffic is its candidate's. */
  private static Deployment half(Deployment before, int n) {
    PolicyChange change =
        new PolicyChange(
            new PolicyChange.Router(3_000L + n, null, null, null, null, null, null),
            null,
            null,
            null);
    Deployment begun =
        after(
            before,
            new RegisterCandidate(
                "ro-" + n, "release-" + n, change, RolloutPolicy.STANDARD, BASELINE.bundle()));
    return promoted(begun, n, RolloutPolicy.STANDARD.stages().size() - 1);
  }

  private static Deployment promoted(Deployment before, int n, int times) {
    Deployment now = before;
    for (int time = 0; time < times; time++) {
      now = after(now, new PromoteRollout("ro-" + n, "bench", null));
    }
    return now;
  }

  private static Deployment after(Deployment before, DeployCommand command) {
    Deployment now = before;
    for (RolloutEvent event : RolloutRules.decide(before, command)) {
      now = RolloutRules.after(now, event);
    }
    return now;
  }

  private static Releases of(Deployment deployment) {
    return Releases.of(deployment, BASELINE);
  }
}
