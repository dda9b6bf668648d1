package dev.papertape.command.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.papertape.command.alpha.Alpha;
import dev.papertape.command.alpha.AlphaCatalogue;
import dev.papertape.command.alpha.AlphaMoment;
import dev.papertape.command.alpha.AlphaProvider;
import dev.papertape.command.alpha.AlphaSettings;
import dev.papertape.command.deploy.ReleasePolicy;
import dev.papertape.command.features.OnlineFeatures;
import dev.papertape.command.market.PriceLevels;
import dev.papertape.command.market.VenueInput.Kline;
import dev.papertape.command.market.VenueInput.SocketClosed;
import dev.papertape.command.market.VenueInput.SocketOpened;
import dev.papertape.command.market.VenueInput.TradePrint;
import dev.papertape.command.market.WireDecimal;
import dev.papertape.command.market.book.VenueBooks;
import dev.papertape.command.sizing.SizingPolicy;
import dev.papertape.contracts.alpha.AlphaKind;
import dev.papertape.contracts.alpha.AlphaSpec;
import dev.papertape.contracts.alpha.AlphaStage;
import dev.papertape.contracts.deploy.SizingParameters;
import dev.papertape.contracts.execution.ExecutionEvent.OrderAccepted;
import dev.papertape.contracts.execution.ExecutionEvent.OrderBlocked;
import dev.papertape.contracts.execution.ExecutionEvent.OrderFilled;
import dev.papertape.contracts.execution.Liquidity;
import dev.papertape.contracts.execution.Side;
import dev.papertape.contracts.execution.TimeInForce;
import dev.papertape.contracts.quality.Channel;
import dev.papertape.contracts.quality.StreamState;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Nothing is traded on a stream that is neither OK nor FLAGGED. */
class DoubtedStreamsTest {
  private static final SizingPolicy SMALL =
      SizingPolicy.of(new SizingParameters(new BigDecimal("10000"), new BigDecimal("100"), 60_000));

  /** Bid 99 and ask 101 around a mid of 100; a trade more than 5 % away is put aside. */
  @Test
  void Bug_4_aDoubtedTradeStreamFillsNothingThatRestsOnItsTrades() {
    EngineRig rig = new EngineRig().open();
    rig.place(Side.BUY, "1", "99.50", TimeInForce.GTC);
    rig.quietUntil(100);
    trade(rig, 1, "80.00");
    trade(rig, 2, "99.00");
    assertThat(makerFills(rig)).as("doubted since the first").isEmpty();

    for (int id = 3; id < 21; id++) {
      trade(rig, id, "101.00");
    }
    trade(rig, 21, "99.00");
    assertThat(makerFills(rig)).as("the twentieth in a row that passed").hasSize(1);
  }

  @Test
  void aBadPrintThatTheTradeItselfShowsDoubtsNoOther() {
    EngineRig rig = new EngineRig().open();
    rig.place(Side.BUY, "1", "99.50", TimeInForce.GTC);
    rig.quietUntil(100);
    trade(rig, 1, "99.005");
    trade(rig, 2, "99.00");
    assertThat(makerFills(rig)).hasSize(1);
  }

  @Test
  void Bug_4_aTradeStreamWhoseVenueIsGoneIsStaleUntilItsNextTrade() {
    EngineRig rig = new EngineRig();
    VenueBooks books = EngineRig.books();
    TradingEngine engine = engine(rig, books, AlphaSettings.NONE);
    rig.opening().forEach(input -> engine.accept(new EngineInput.Frame(input)));
    engine.accept(new EngineInput.Frame(print(rig, 1, "100.00")));
    assertThat(state(books, rig, Channel.TRADES)).isEqualTo(StreamState.OK);
    engine.accept(new EngineInput.Frame(new SocketClosed(rig.arrival(), "gone")));
    assertThat(state(books, rig, Channel.TRADES)).isEqualTo(StreamState.STALE);
    engine.accept(new EngineInput.Frame(new SocketOpened(rig.arrival(), "file")));
    assertThat(state(books, rig, Channel.TRADES)).isEqualTo(StreamState.STALE);
    engine.accept(new EngineInput.Frame(print(rig, 2, "100.00")));
    assertThat(state(books, rig, Channel.TRADES)).isEqualTo(StreamState.OK);
  }

  /** It wishes to be long whenever there is a return of the newest minute. */
  private static final class Returns implements Alpha {
    @Override
    public String id() {
      return "returns";
    }

    @Override
    public int lookBack() {
      return 1;
    }

    @Override
    public AlphaKind kind() {
      return AlphaKind.PROVIDED;
    }

    @Override
    public List<String> features() {
      return List.of("logReturn");
    }

    @Override
    public @Nullable Double signal(AlphaMoment now) {
      return now.features().newest("logReturn", EngineRig.VENUE, 1) == null ? null : 1.0;
    }
  }

  /** One who trades it in full, and waits for its answer as long as it takes. */
  private static AlphaSettings returns() {
    AlphaProvider provider =
        new AlphaProvider() {
          @Override
          public String alphaId() {
            return "returns";
          }

          @Override
          public String name() {
            return "Returns";
          }

          @Override
          public List<String> features() {
            return List.of("logReturn");
          }

          @Override
          public Alpha create(SortedMap<String, Double> params) {
            return new Returns();
          }
        };
    AlphaSpec spec =
        new AlphaSpec(
            "returns",
            "Returns",
            AlphaKind.PROVIDED,
            new TreeMap<>(),
            List.of(),
            List.of("logReturn"),
            1,
            AlphaStage.ACTIVE,
            false,
            null,
            null);
    return new AlphaSettings(
        List.of(spec),
        new AlphaCatalogue(List.of(provider), Duration.ofMinutes(1)),
        AlphaSettings.EVERY_SECOND);
  }

  /** Two bars, then none for more than five minutes: its feature is there, and old. */
  @Test
  void Bug_4_anAlphasOrderIsBlockedWhenABarStreamThatLedToItIsStale() {
    EngineRig rig = new EngineRig();
    VenueBooks books = EngineRig.books();
    TradingEngine engine = engine(rig, books, returns());
    rig.opening().forEach(input -> engine.accept(new EngineInput.Frame(input)));
    for (int second = 1; second <= 480; second++) {
      rig.at(1_000L * second);
      // The mid moves by a cent at least, else there is no volatility to size by.
      String wiggle = second % 2 == 0 ? "1" : "0";
      engine.accept(
          new EngineInput.Frame(rig.diff(PriceLevels.NONE, PriceLevels.of("100.98", wiggle))));
      if (second == 60 || second == 120) {
        engine.accept(new EngineInput.Frame(closed(rig, second / 60 - 1)));
      }
      if (second == 300 || second == 440) {
        // It has what it wants; only after this does it want to buy again.
        engine.accept(
            new EngineInput.Mail(
                new EngineCommand.ResetPortfolio(
                    "again", Map.of("actor", "test"), null, new CompletableFuture<>())));
      }
    }

    List<OrderAccepted> orders = rig.all(OrderAccepted.class);
    assertThat(orders).extracting(order -> order.source()).containsOnly("alpha:returns");
    List<OrderBlocked> blocked = rig.all(OrderBlocked.class);
    assertThat(blocked).isNotEmpty().hasSizeLessThan(orders.size());
    // Its newest bar came at 120 s.
    assertThat(blocked)
        .allMatch(order -> order.feedTime().isAfter(EngineRig.START.plusSeconds(420)));
    assertThat(blocked.getFirst().reason()).isEqualTo("SUSPECT_DATA");
    assertThat(blocked.getFirst().detail())
        .isEqualTo("logReturn@BINANCE led to the order, and its OHLCV stream is STALE");
    assertThat(blocked.getFirst().inputs())
        .containsEntry("stream:logReturn@BINANCE", "OHLCV STALE");
  }

  private static Kline closed(EngineRig rig, int minute) {
    Instant open = EngineRig.START.plusSeconds(60L * minute);
    BigDecimal close = new BigDecimal(minute == 0 ? "100.00" : "100.10");
    return new Kline(
        rig.arrival(),
        EngineRig.BTC,
        "1m",
        open,
        open.plusMillis(59_999),
        new BigDecimal("100.00"),
        new BigDecimal("100.20"),
        new BigDecimal("99.90"),
        close,
        new BigDecimal("1." + minute),
        3,
        true);
  }

  private static StreamState state(VenueBooks books, EngineRig rig, Channel channel) {
    return books.streamState(EngineRig.VENUE, EngineRig.BTC, channel, rig.now());
  }

  private static void trade(EngineRig rig, long id, String price) {
    rig.frame(print(rig, id, price));
  }

  private static TradePrint print(EngineRig rig, long id, String price) {
    return new TradePrint(
        rig.arrival(),
        EngineRig.BTC,
        false,
        id,
        WireDecimal.of(price),
        WireDecimal.of("0.5"),
        Side.SELL,
        rig.now());
  }

  private static List<OrderFilled> makerFills(EngineRig rig) {
    return rig.all(OrderFilled.class).stream()
        .filter(fill -> fill.liquidity() == Liquidity.MAKER)
        .toList();
  }

  private static TradingEngine engine(EngineRig rig, VenueBooks books, AlphaSettings alphas) {
    EngineSettings settings =
        new EngineSettings(
            1,
            ReleasePolicy.baseline("r1").with(SMALL),
            EngineRig.CASH,
            Duration.ofSeconds(5),
            Duration.ofSeconds(10),
            alphas);
    return new TradingEngine(
        settings,
        books,
        Recovered.nothing(settings),
        new DeterministicIds(1, 1),
        EngineRig.provenance(),
        OnlineFeatures.unkept(),
        (facts, claim) ->
            new FactReceipt(CompletableFuture.completedFuture(EngineRig.into(rig.log, facts))),
        rig.watch);
  }
}
