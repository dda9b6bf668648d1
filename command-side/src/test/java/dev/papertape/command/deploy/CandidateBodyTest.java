package dev.papertape.command.deploy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.papertape.contracts.deploy.PolicyBundle;
import dev.papertape.eventstore.contract.Contract;
import dev.papertape.eventstore.contract.Contracts;
import dev.papertape.eventstore.web.JsonBody;
import dev.papertape.eventstore.web.ProblemException;
import dev.papertape.eventstore.web.Violation;
import java.util.List;
import org.junit.jupiter.api.Test;

class CandidateBodyTest {
  private static final Contract CONTRACT = Contracts.onClassPath().get("deploy-candidate", 1);
  private static final PolicyBundle ACTIVE = ReleasePolicy.baseline("r1").bundle();

  @Test
  void Bug_bound_sizes_beyond_any_account_were_taken() {
    assertThat(
            pointers(
                "{'release':'a','policy':{'sizing':{'targetNotional':'1000000001'},"
                    + "'guards':{'maxNotional':'1000000000.01','maxExposure':1e12}}}"))
        .containsExactlyInAnyOrder(
            "/policy/sizing/targetNotional",
            "/policy/guards/maxNotional",
            "/policy/guards/maxExposure");
  }

  @Test
  void Bug_5_one_broken_member_hid_what_was_wrong_with_others() {
    assertThat(
            pointers(
                "{'release':'a','policy':{'router':{'maxAgeMs':'soon'},"
                    + "'guards':{'maxNotional':'1000000000.01'}}}"))
        .containsExactlyInAnyOrder("/policy/router/maxAgeMs", "/policy/guards/maxNotional");
  }

  @Test
  void aThresholdIsNotHeldToOneThatWasRefused() {
    assertThat(
            pointers("{'release':'a','policy':{'alphas':{'momentum':{'enter':0.1,'exit':'x'}}}}"))
        .containsExactly("/policy/alphas/momentum/exit");
  }

  @Test
  void theLargestSizesAreTaken() {
    CandidateBody body =
        read(
            "{'release':'a','policy':{'sizing':{'targetNotional':'1000000000'},"
                + "'guards':{'maxNotional':'1000000000','maxExposure':'1000000000'}}}");
    assertThat(body.release()).isEqualTo("a");
  }

  private static CandidateBody read(String text) {
    return new JsonBody(text.replace('\'', '"').getBytes(UTF_8), CONTRACT)
        .read(CandidateBody::read, CandidateBody.rule(ACTIVE));
  }

  private static List<String> pointers(String text) {
    ProblemException refused = catchThrowableOfType(ProblemException.class, () -> read(text));
    assertThat(refused).isNotNull();
    return refused.problem().errors().stream().map(Violation::pointer).toList();
  }
}
