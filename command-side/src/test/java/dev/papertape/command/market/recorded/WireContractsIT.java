package dev.papertape.command.market.recorded;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every message of the large captures; {@link WireContractsTest} takes a part of them. */
class WireContractsIT {
  static List<Path> hftbacktest() throws IOException {
    return CapturedFrames.files("hftbacktest");
  }

  @ParameterizedTest
  @MethodSource("hftbacktest")
  void every_message_keeps_its_contract_and_is_decoded(Path file) throws IOException {
    WireContractsTest.assertAgreement(file, 1);
  }
}
