package dev.papertape.command.market.candle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.papertape.command.market.BarBuilder;
import dev.papertape.command.market.CandleMemory;
import dev.papertape.command.market.CandleSource;
import dev.papertape.command.market.JudgedCandle;
import dev.papertape.contracts.market.Bar;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;

/**
 * A venue that trades at random, a feed that breaks at random, calls that are slow, fail, or give
 * less than was asked for. Once all is well again, the stream has told every minute as it was.
 */
class CandleStreamPropertiesTest {
  private static final Instant START = StreamRig.at("11:00");
  private static final Instant CONNECT = StreamRig.at("12:00:17");
  private static final Instant CALM = StreamRig.at("12:40");
  private static final Instant END = StreamRig.at("13:00:30");

  private record Trade(Instant time, int price, int quantity) {}

  @Property(tries = 60, seed = "7")
  void everyMinuteIsToldAsItWas(@ForAll CandleSource source, @ForAll long seed) {
    Random random = new Random(seed);
    List<Trade> trades = trades(random);
    Map<Instant, Bar> truth = truth(trades, source.tellsEveryMinute());
    StreamRig rig = new StreamRig(source, true, CandleMemory.NONE);
    play(rig, source, trades, truth, random);

    Map<Instant, Bar> told = new TreeMap<>();
    for (JudgedCandle each : rig.judged) {
      told.put(each.candle().bar().openTime(), each.candle().bar());
    }
    Instant from = CONNECT.minusSeconds(17).minus(StreamRig.LOOK_BACK);
    for (Instant open = from; open.isBefore(StreamRig.at("13:00")); open = open.plusSeconds(60)) {
      assertThat(figures(told.get(open)))
          .as("%s of %s", open, source)
          .isEqualTo(figures(truth.get(open)));
      assertThat(isCovered(rig, open)).as("%s is covered", open).isTrue();
    }
    assertThat(rig.counts.received).isEqualTo(rig.counts.accepted);
  }

  private static boolean isCovered(StreamRig rig, Instant open) {
    return rig.covered.stream()
        .anyMatch(span -> !open.isBefore(span.from()) && open.isBefore(span.to()));
  }

  private static @Nullable List<String> figures(@Nullable Bar bar) {
    return bar == null
        ? null
        : List.of(
            bar.open().toPlainString(),
            bar.high().toPlainString(),
            bar.low().toPlainString(),
            bar.close().toPlainString(),
            bar.volume().toPlainString());
  }

  /** Two trades a minute on average: every seventh minute has none. */
  private static List<Trade> trades(Random random) {
    List<Trade> trades = new ArrayList<>();
    for (Instant t = START; t.isBefore(END); t = t.plusSeconds(1)) {
      if (random.nextInt(30) == 0) {
        trades.add(new Trade(t, 100 + random.nextInt(50), 1 + random.nextInt(9)));
      }
    }
    return trades;
  }

  private static Map<Instant, Bar> truth(List<Trade> trades, boolean everyMinute) {
    Map<Instant, Bar> truth = new TreeMap<>();
    BarBuilder builder = new BarBuilder(Minutes.ONE);
    for (Trade trade : trades) {
      Bar closed =
          builder.add(
              trade.time(),
              BigDecimal.valueOf(trade.price()),
              BigDecimal.valueOf(trade.quantity()));
      if (closed != null) {
        truth.put(closed.openTime(), closed);
      }
    }
    Bar last = builder.closeUpTo(END.plusSeconds(60));
    if (last != null) {
      truth.put(last.openTime(), last);
    }
    for (Instant open = START; everyMinute && open.isBefore(END); open = open.plusSeconds(60)) {
      truth.putIfAbsent(
          open,
          new Bar(
              open,
              BigDecimal.TEN,
              BigDecimal.TEN,
              BigDecimal.TEN,
              BigDecimal.TEN,
              BigDecimal.ZERO,
              null,
              0L));
    }
    return truth;
  }

  private static void play(
      StreamRig rig,
      CandleSource source,
      List<Trade> trades,
      Map<Instant, Bar> truth,
      Random random) {
    Deque<Trade> ahead = new ArrayDeque<>(trades);
    List<Trade> ofMinute = new ArrayList<>();
    boolean connected = false;
    int answered = 0;
    Instant answerAt = Instant.MAX;
    for (Instant now = START; now.isBefore(END); now = now.plusSeconds(1)) {
      boolean calm = now.isAfter(CALM);
      if (now.equals(CONNECT)
          || (!connected && now.isAfter(CONNECT) && (calm || random.nextInt(60) == 0))) {
        connected = true;
        rig.stream.connected(now);
      } else if (connected && !calm && random.nextInt(240) == 0) {
        connected = false;
        rig.stream.disconnected();
      }
      if (Minutes.isOnGrid(now)) {
        Bar over = truth.get(now.minusSeconds(60));
        ofMinute.clear();
        if (connected && source == CandleSource.CLOSED_ROWS && over != null) {
          rig.stream.row(StreamRig.row(now, over, true), now, rig);
        }
      }
      while (!ahead.isEmpty() && !ahead.getFirst().time().isAfter(now)) {
        Trade trade = ahead.removeFirst();
        ofMinute.add(trade);
        if (connected) {
          deliver(rig, source, trade, ofMinute, now);
        }
      }
      if (rig.asked.size() > answered && answerAt.equals(Instant.MAX)) {
        answerAt = now.plusSeconds(random.nextInt(calm ? 3 : 40));
      }
      if (!now.isBefore(answerAt)) {
        StreamRig.Asked asked = rig.asked.get(rig.asked.size() - 1);
        answered = rig.asked.size();
        answerAt = Instant.MAX;
        answer(rig, asked, truth, now, !calm && random.nextInt(3) == 0, random.nextBoolean());
      }
      rig.stream.tick(now, rig);
    }
  }

  private static void deliver(
      StreamRig rig, CandleSource source, Trade trade, List<Trade> ofMinute, Instant now) {
    if (source == CandleSource.TRADES) {
      rig.stream.trade(
          StreamRig.trade(
              now,
              trade.time(),
              Integer.toString(trade.price()),
              Integer.toString(trade.quantity())),
          now,
          rig);
      return;
    }
    Bar soFar = truth(ofMinute, false).get(Minutes.startOf(trade.time()));
    if (soFar != null) {
      rig.stream.row(StreamRig.row(now, soFar, false), now, rig);
    }
  }

  private static void answer(
      StreamRig rig,
      StreamRig.Asked asked,
      Map<Instant, Bar> truth,
      Instant now,
      boolean fails,
      boolean halfOnly) {
    if (fails) {
      rig.fail(now.toString().substring(11, 19));
      return;
    }
    long minutes = Duration.between(asked.from(), asked.to()).toMinutes();
    Instant to =
        halfOnly && minutes > 1 ? asked.from().plus(Duration.ofMinutes(minutes / 2)) : asked.to();
    List<Bar> bars =
        truth.values().stream()
            .filter(bar -> !bar.openTime().isBefore(asked.from()) && bar.openTime().isBefore(to))
            .toList();
    rig.answer(
        now.toString().substring(11, 19),
        asked.from().toString().substring(11, 19),
        to.toString().substring(11, 19),
        bars);
  }
}
