package dev.papertape.command.population;

import dev.papertape.contracts.population.Member;
import dev.papertape.contracts.population.MemberScore;
import dev.papertape.contracts.population.Population;
import dev.papertape.contracts.population.PopulationEvent.MembersScored;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Who trades in a generation, by member id: those that go on keep their books, those that were
 * replaced go on from their sources'.
 */
final class Lineup {
  private Lineup() {}

  /**
   * Where another life of the engine begins.
   *
   * @param newest scores in the log, null without any
   */
  static Map<String, ShadowMember> recovered(
      Population population, ShadowMember.Alphas alphas, @Nullable MembersScored newest) {
    if (newest == null) {
      return of(
          population, member -> ShadowMember.beginning(population.spec(), member, alphas, null));
    }
    Map<String, MemberScore> left =
        newest.members().stream()
            .collect(Collectors.toMap(MemberScore::memberId, Function.identity()));
    if (newest.generation() == population.generation()) {
      return of(
          population,
          member ->
              ShadowMember.resuming(
                  population.spec(), member, alphas, known(left, member.memberId())));
    }
    return of(
        population,
        member -> {
          MemberScore origin = known(left, origin(member, newest.generation()));
          return ShadowMember.beginning(
              population.spec(),
              member,
              alphas,
              MemberBook.of(population.spec().notional(), origin.cash(), origin.positions()));
        });
  }

  /**
   * The next generation of the same life.
   *
   * @param before who traded in {@code generation}
   */
  static Map<String, ShadowMember> next(
      Population population,
      ShadowMember.Alphas alphas,
      Map<String, ShadowMember> before,
      long generation) {
    Map<String, ShadowMember> next =
        of(
            population,
            member -> {
              ShadowMember origin = known(before, origin(member, generation));
              return isReplaced(member, generation)
                  ? ShadowMember.beginning(population.spec(), member, alphas, origin.book().copy())
                  : origin;
            });
    next.values().forEach(ShadowMember::beginAnew);
    return next;
  }

  private static String origin(Member member, long generation) {
    String parent = member.parentId();
    return parent != null && isReplaced(member, generation) ? parent : member.memberId();
  }

  private static boolean isReplaced(Member member, long generation) {
    return member.bornGeneration() > generation;
  }

  private static Map<String, ShadowMember> of(
      Population population, Function<Member, ShadowMember> member) {
    Map<String, ShadowMember> lineup = new LinkedHashMap<>();
    population.members().forEach(each -> lineup.put(each.memberId(), member.apply(each)));
    return lineup;
  }

  private static <T> T known(Map<String, T> all, String memberId) {
    T found = all.get(memberId);
    if (found == null) {
      throw new IllegalStateException("nothing is known of member " + memberId);
    }
    return found;
  }
}
