package dev.papertape.command.execution;

import dev.papertape.contracts.alpha.AlphaSpec;
import dev.papertape.contracts.execution.AccountCheckpoint;
import dev.papertape.contracts.execution.ExecutionEvent;
import dev.papertape.contracts.execution.ExecutionEvent.AlphasCrossed;
import dev.papertape.contracts.execution.ExecutionEvent.OrderFilled;
import dev.papertape.contracts.execution.OwnedFill;
import dev.papertape.contracts.execution.SubAccountState;
import dev.papertape.contracts.execution.SubAccountState.SubPosition;
import dev.papertape.contracts.market.Symbol;
import dev.papertape.contracts.sizing.SizingEvent.PositionSized;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Whose what of the account is: a fold of the log's facts, like the account itself, so that the two
 * never differ. Per symbol the quantities, the cash flows and the fees add up to the account's.
 * Owned by the engine's thread.
 */
public final class SubAccounts {
  /** Of {@code PositionSized.inputs}: half the common spread, quote units a base unit. */
  public static final String HALF_SPREAD = "halfSpread";

  private final SortedMap<String, SubAccount> accounts = new TreeMap<>();
  private final Map<Symbol, BigDecimal> halfSpreads = new HashMap<>();

  /** Those of a checkpoint; of one from before there were any, all positions are the people's. */
  public static SubAccounts of(AccountCheckpoint checkpoint) {
    SubAccounts all = new SubAccounts();
    if (checkpoint.subAccounts().isEmpty() && !checkpoint.positions().isEmpty()) {
      all.accounts.put(AlphaSpec.MANUAL, SubAccount.of(unowned(checkpoint)));
    }
    for (SubAccountState state : checkpoint.subAccounts()) {
      all.accounts.put(state.alphaId(), SubAccount.of(state));
    }
    return all;
  }

  private static SubAccountState unowned(AccountCheckpoint checkpoint) {
    BigDecimal zero = BigDecimal.ZERO;
    List<SubPosition> positions =
        checkpoint.positions().stream().map(held -> new SubPosition(held, zero)).toList();
    return new SubAccountState(AlphaSpec.MANUAL, positions, zero, 0, 0, zero, zero, zero);
  }

  public List<SubAccountState> states() {
    return accounts.values().stream().map(SubAccount::state).toList();
  }

  /** Takes over what an event of the log did to the alphas' parts; others do not touch them. */
  public void apply(ExecutionEvent event) {
    switch (event) {
      case ExecutionEvent.PortfolioReset _ -> accounts.clear();
      case OrderFilled fill -> OwnedFill.of(fill).forEach(part -> book(fill, part));
      case AlphasCrossed crossed ->
          crossed
              .transfers()
              .forEach(
                  transfer ->
                      account(transfer.alphaId())
                          .cross(
                              crossed.symbol(),
                              transfer.quantity(),
                              crossed.mid(),
                              crossed.feedTime()));
      case ExecutionEvent.OrderAccepted _,
          ExecutionEvent.OrderBlocked _,
          ExecutionEvent.OrderExpired _,
          ExecutionEvent.OrderCancelled _,
          ExecutionEvent.PositionClosed _,
          ExecutionEvent.PortfolioMarked _,
          ExecutionEvent.FillMarkedOut _,
          ExecutionEvent.OrderReviewed _,
          ExecutionEvent.EngineCheckpointed _ -> {}
    }
  }

  /** What the model would pay for the fills that follow. */
  public void apply(PositionSized sized) {
    String halfSpread = sized.inputs().get(HALF_SPREAD);
    if (halfSpread != null) {
      halfSpreads.put(sized.symbol(), new BigDecimal(halfSpread));
    }
  }

  private void book(OrderFilled fill, OwnedFill part) {
    BigDecimal sign = BigDecimal.valueOf(fill.side().sign());
    BigDecimal quantity = part.quantity().multiply(sign);
    BigDecimal notional = part.notional().multiply(sign);
    SubAccount owner = account(part.alphaId());
    owner.fill(fill.symbol(), quantity, notional, part.fee(), fill.feedTime());
    BigDecimal mid = fill.decisionMid();
    if (mid != null) {
      owner.compared(
          quantity, notional, mid, halfSpreads.getOrDefault(fill.symbol(), BigDecimal.ZERO));
    }
  }

  /** The alpha's, null if it never had any. */
  public @Nullable SubAccount find(String alphaId) {
    return accounts.get(alphaId);
  }

  /** Signed base units, 0 when flat. */
  public BigDecimal quantity(String alphaId, Symbol symbol) {
    SubAccount account = accounts.get(alphaId);
    return account == null ? BigDecimal.ZERO : account.quantity(symbol);
  }

  /** What the strategies hold of a symbol, by alpha id; those that hold nothing are missing. */
  public SortedMap<String, BigDecimal> heldByAlphas(Symbol symbol) {
    SortedMap<String, BigDecimal> held = new TreeMap<>();
    accounts.forEach(
        (alphaId, account) -> {
          BigDecimal quantity = account.quantity(symbol);
          if (isAlpha(alphaId) && quantity.signum() != 0) {
            held.put(alphaId, quantity);
          }
        });
    return held;
  }

  /** What the strategies made of a symbol, after fees; at cost where there is no mark. */
  public BigDecimal pnlOfAlphas(Symbol symbol, @Nullable BigDecimal mark) {
    BigDecimal sum = BigDecimal.ZERO;
    for (Map.Entry<String, SubAccount> account : accounts.entrySet()) {
      if (isAlpha(account.getKey())) {
        sum = sum.add(account.getValue().pnl(symbol, mark));
      }
    }
    return sum;
  }

  /** Ids that begin with an underscore are the engine's own: people's orders, the demo pace. */
  private static boolean isAlpha(String alphaId) {
    return !alphaId.startsWith("_");
  }

  /** All of them, by alpha id. */
  SortedMap<String, SubAccount> all() {
    return accounts;
  }

  private SubAccount account(String alphaId) {
    return accounts.computeIfAbsent(alphaId, SubAccount::new);
  }
}
