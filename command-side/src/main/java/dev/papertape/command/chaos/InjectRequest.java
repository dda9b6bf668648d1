package dev.papertape.command.chaos;

import dev.papertape.command.VenueSettings;
import dev.papertape.contracts.chaos.ChaosTarget;
import dev.papertape.contracts.chaos.ChaosType;
import dev.papertape.contracts.market.Symbol;
import dev.papertape.contracts.market.Venue;
import dev.papertape.eventstore.web.BodyRule;
import dev.papertape.eventstore.web.Members;
import dev.papertape.eventstore.web.Violations;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a caller asks for, all members but the type optional. Pure.
 *
 * @param seed null where the caller leaves it to us
 */
record InjectRequest(
    ChaosType type,
    @Nullable String venue,
    @Nullable String symbol,
    @Nullable String provider,
    long durationMs,
    double intensity,
    @Nullable Long seed,
    @Nullable String reason) {
  private static final long USUAL_DURATION_MS = 10_000;
  private static final String TARGET = "target";
  private static final String VENUE = "venue";
  private static final String SYMBOL = "symbol";
  private static final String PROVIDER = "provider";

  /**
   * What intensity means and may be.
   *
   * @param whole whether it counts something
   */
  private record Intensity(double usual, double least, double most, boolean whole) {}

  private static final Map<ChaosType, Intensity> INTENSITIES =
      Map.of(
          ChaosType.WS_FLAP, new Intensity(3, 1, 20, true),
          ChaosType.API_TIMEOUT, new Intensity(2, 1.1, 10, false),
          ChaosType.L2_GAP, new Intensity(1, 1, 1_000, true),
          ChaosType.DEPTH_SPIKE, new Intensity(50, 2, 100_000, false));

  /** Of a body that keeps contract and rule. */
  static InjectRequest of(Members body) {
    ChaosType type = ChaosType.of(body.text("type"));
    Optional<Members> target = body.findObject(TARGET);
    return new InjectRequest(
        type,
        target.flatMap(members -> members.findText(VENUE)).orElse(null),
        target.flatMap(members -> members.findText(SYMBOL)).orElse(null),
        target.flatMap(members -> members.findText(PROVIDER)).orElse(null),
        body.findInteger("durationMs").orElse(USUAL_DURATION_MS),
        body.findNumber("intensity").orElse(intensityOf(type).usual()),
        body.findInteger("seed").orElse(null),
        body.findText("reason").orElse(null));
  }

  private static Intensity intensityOf(ChaosType type) {
    Intensity intensity = INTENSITIES.get(type);
    if (intensity == null) {
      throw new IllegalStateException("no intensity of " + type);
    }
    return intensity;
  }

  /** Targets must be among these venues, and of the kind that the type strikes. */
  static BodyRule rule(List<VenueSettings> venues) {
    return (body, violations) ->
        body.findText("type")
            .filter(name -> Stream.of(ChaosType.values()).anyMatch(t -> t.wireName().equals(name)))
            .map(ChaosType::of)
            .ifPresent(type -> check(type, body, venues, violations));
  }

  private static void check(
      ChaosType type, Members body, List<VenueSettings> venues, Violations violations) {
    Intensity range = intensityOf(type);
    body.findNumber("intensity")
        .filter(
            given ->
                given < range.least
                    || given > range.most
                    || (range.whole && given != Math.rint(given)))
        .ifPresent(
            given ->
                violations.add(
                    "/intensity",
                    "OUT_OF_RANGE",
                    "must be %s from %s to %s for %s"
                        .formatted(
                            range.whole ? "a whole number" : "a number",
                            plain(range.least),
                            plain(range.most),
                            type.wireName()),
                    plain(given)));
    body.findObject(TARGET).ifPresent(target -> checkTarget(type, target, venues, violations));
  }

  private static void checkTarget(
      ChaosType type, Members target, List<VenueSettings> venues, Violations violations) {
    boolean calls = type == ChaosType.API_TIMEOUT;
    refuse(target, calls ? VENUE : PROVIDER, type, violations);
    if (calls || type == ChaosType.WS_FLAP) {
      refuse(target, SYMBOL, type, violations);
    }
    TreeSet<String> names = new TreeSet<>();
    venues.forEach(venue -> names.add(venue.venue().name()));
    String venueMember = calls ? PROVIDER : VENUE;
    Optional<String> venue = target.findText(venueMember);
    venue
        .filter(name -> !names.contains(name))
        .ifPresent(name -> unknown(venueMember, name, names, violations));
    TreeSet<String> symbols = new TreeSet<>();
    venues.stream()
        .filter(each -> venue.isEmpty() || each.venue().name().equals(venue.get()))
        .forEach(each -> each.symbols().forEach(symbol -> symbols.add(symbol.value())));
    if (!calls && type != ChaosType.WS_FLAP && !symbols.isEmpty()) {
      target
          .findText(SYMBOL)
          .filter(name -> !symbols.contains(name))
          .ifPresent(name -> unknown(SYMBOL, name, symbols, violations));
    }
  }

  private static void refuse(Members target, String member, ChaosType type, Violations violations) {
    if (target.wasGiven(member)) {
      violations.add(
          "/target/" + member,
          "NOT_ALLOWED",
          "is no target of " + type.wireName(),
          target.findText(member).orElse(null));
    }
  }

  private static void unknown(
      String member, String given, TreeSet<String> known, Violations violations) {
    violations.add(
        "/target/" + member, "UNKNOWN_VALUE", "must be one of " + String.join(", ", known), given);
  }

  private static String plain(double number) {
    return number == Math.rint(number) ? Long.toString((long) number) : Double.toString(number);
  }

  /** Held replies are those of the provider who is asked now, unless the caller named one. */
  InjectRequest against(Supplier<Optional<String>> askedNow) {
    if (type != ChaosType.API_TIMEOUT || provider != null) {
      return this;
    }
    String asked = askedNow.get().orElse(null);
    return new InjectRequest(type, venue, symbol, asked, durationMs, intensity, seed, reason);
  }

  /** What the caller named, and the rest by the seed among what fits. */
  ChaosTarget target(List<VenueSettings> venues, long chosenSeed) {
    List<ChaosTarget> fitting =
        venues.stream()
            .filter(each -> isAmong(venue, each.venue().name()))
            .filter(each -> isAmong(provider, each.venue().name()))
            .sorted(java.util.Comparator.comparing(VenueSettings::venue))
            .flatMap(this::targetsAt)
            .toList();
    if (fitting.isEmpty()) {
      throw new WrongChaosState("there is no venue that a fault could strike", List.of());
    }
    return fitting.get(new SplittableRandom(chosenSeed).nextInt(fitting.size()));
  }

  private Stream<ChaosTarget> targetsAt(VenueSettings at) {
    Venue name = at.venue();
    return switch (type) {
      case WS_FLAP -> Stream.of(new ChaosTarget(name, null, null));
      case API_TIMEOUT -> Stream.of(new ChaosTarget(null, null, name.name()));
      case L2_GAP, DEPTH_SPIKE ->
          at.symbols().stream()
              .filter(each -> isAmong(symbol, each.value()))
              .sorted()
              .map((Symbol each) -> new ChaosTarget(name, each, null));
    };
  }

  private static boolean isAmong(@Nullable String wanted, String name) {
    return wanted == null || wanted.equals(name);
  }
}
