package dev.papertape.command.market.book;

import dev.papertape.command.market.Instrument;
import dev.papertape.command.market.MarketState.Listener;
import dev.papertape.command.market.VenueInput;
import dev.papertape.command.market.VenueInput.DepthDiff;
import dev.papertape.command.quality.Finding;
import dev.papertape.command.quality.HeldRecord;
import dev.papertape.command.quality.QualityNote;
import dev.papertape.command.quality.RawText;
import dev.papertape.command.quality.RecordTexts;
import dev.papertape.contracts.quality.Channel;
import dev.papertape.contracts.quality.QualityReason;
import dev.papertape.contracts.quality.RawEncoding;
import java.time.Instant;
import java.util.Map;

/** Puts a copy of one book's bad messages aside, with the reason and what was looked at. */
final class HeldMessages {
  private final BookFace face;

  HeldMessages(BookFace face) {
    this.face = face;
  }

  /** A message that a guard doubts; it was decoded long ago, and is written anew. */
  void doubted(Finding doubt, DepthDiff diff, Listener listener) {
    hold(
        doubt.reason(),
        doubt.detail(),
        doubt.evidence(),
        RawEncoding.DECODED,
        RecordTexts.of(diff),
        diff,
        listener);
  }

  /** A message that does not parse, as it came. */
  void unreadable(String why, RawText raw, VenueInput from, Listener listener) {
    hold(QualityReason.SCHEMA, why, Map.of(), RawEncoding.WIRE, raw, from, listener);
  }

  private void hold(
      QualityReason reason,
      String detail,
      Map<String, String> evidence,
      RawEncoding encoding,
      RawText raw,
      VenueInput from,
      Listener listener) {
    Instrument instrument = face.instrument();
    Instant at = from.receivedAt();
    face.tally().quarantined(reason, at);
    listener.noted(
        new QualityNote.Held(
            new HeldRecord(
                instrument.venue(),
                instrument.symbol(),
                Channel.L2,
                reason,
                detail,
                evidence,
                encoding,
                raw,
                at,
                () -> face.tally().counts(face.streamState(at)),
                null)));
  }
}
