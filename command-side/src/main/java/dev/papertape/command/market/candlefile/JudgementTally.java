package dev.papertape.command.market.candlefile;

import dev.papertape.command.quality.CandleJudge.Judgement;
import dev.papertape.contracts.quality.QualityReason;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Counts what became of a file's bars; keeps those that were held. */
final class JudgementTally {
  private final TreeMap<Instant, List<Judgement>> held = new TreeMap<>();
  private final List<Judgement> released = new ArrayList<>();
  private final Set<Instant> flagged = new HashSet<>();
  private final Map<QualityReason, Set<Instant>> byReason = new EnumMap<>(QualityReason.class);
  private long accepted;
  private long rejected;

  void count(Judgement judgement) {
    Instant time = judgement.bar().openTime();
    switch (judgement.outcome()) {
      case PASSED -> accepted++;
      case FLAGGED -> {
        accepted++;
        flagged.add(time);
      }
      case REJECTED -> rejected++;
      case QUARANTINED -> held.computeIfAbsent(time, _ -> new ArrayList<>(1)).add(judgement);
      case RELEASED -> {
        accepted++;
        released.add(withReasonsOf(takeHeld(judgement), judgement));
      }
      case CONDEMNED -> {
        Judgement whole = withReasonsOf(takeHeld(judgement), judgement);
        held.computeIfAbsent(time, _ -> new ArrayList<>(1)).add(whole);
      }
    }
    judgement.reasons().forEach(reason -> times(reason).add(time));
  }

  /** Something that shows in the file as a whole; flags the bar if it is used. */
  void remark(QualityReason reason, Instant time) {
    times(reason).add(time);
    List<Judgement> quarantined = held.get(time);
    if (quarantined == null) {
      flagged.add(time);
    } else {
      quarantined.replaceAll(
          judgement ->
              new Judgement(
                  judgement.bar(),
                  judgement.outcome(),
                  union(judgement.reasons(), List.of(reason)),
                  judgement.detail()));
    }
  }

  long accepted() {
    return accepted;
  }

  long rejected() {
    return rejected;
  }

  long flagged() {
    return flagged.size();
  }

  /** Not to be used, by time. */
  Stream<Judgement> quarantined() {
    return held.values().stream().flatMap(List::stream);
  }

  List<Judgement> released() {
    return released;
  }

  /** Open times of the bars with a reason. */
  Set<Instant> times(QualityReason reason) {
    return byReason.computeIfAbsent(reason, _ -> new HashSet<>());
  }

  /** Bars by reason; without the reasons that no bar has. */
  Map<QualityReason, Long> byReason() {
    Map<QualityReason, Long> counts = new EnumMap<>(QualityReason.class);
    byReason.forEach(
        (reason, times) -> {
          if (!times.isEmpty()) {
            counts.put(reason, (long) times.size());
          }
        });
    return counts;
  }

  private Judgement takeHeld(Judgement settled) {
    Instant time = settled.bar().openTime();
    List<Judgement> ofTime = held.getOrDefault(time, List.of());
    for (Judgement judgement : ofTime) {
      if (judgement.bar() == settled.bar()) {
        ofTime.remove(judgement);
        if (ofTime.isEmpty()) {
          held.remove(time);
        }
        return judgement;
      }
    }
    throw new IllegalStateException("settled without having been held: " + settled);
  }

  private static Judgement withReasonsOf(Judgement before, Judgement after) {
    return new Judgement(
        after.bar(), after.outcome(), union(before.reasons(), after.reasons()), after.detail());
  }

  private static List<QualityReason> union(List<QualityReason> a, List<QualityReason> b) {
    return Stream.concat(a.stream(), b.stream()).distinct().toList();
  }
}
