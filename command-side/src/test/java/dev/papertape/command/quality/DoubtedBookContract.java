package dev.papertape.command.quality;

import static org.assertj.core.api.Assertions.assertThat;

import dev.papertape.command.market.BookSide;
import dev.papertape.command.market.VenueInput;
import dev.papertape.command.market.VenueInput.SnapshotFailed;
import dev.papertape.contracts.market.BookState;
import dev.papertape.contracts.market.VenueKind;
import dev.papertape.contracts.quality.Channel;
import dev.papertape.contracts.quality.QualityReason;
import dev.papertape.contracts.quality.RawEncoding;
import dev.papertape.contracts.quality.StreamCounts;
import dev.papertape.contracts.quality.StreamState;
import org.junit.jupiter.api.Test;

/** A book that is in order and doubted: 500 at a best bid where 10 is usual. */
abstract class DoubtedBookContract {

  @Test
  void doubtedChangeIsAppliedAndKept() {
    GuardedVenue venue = new GuardedVenue(VenueKind.RECORDED).still(60);
    venue.bid("500");

    assertThat(venue.state()).isEqualTo(BookState.SUSPECT);
    assertThat(
            venue.books.book(GuardedVenue.VENUE, GuardedVenue.BTC).book().quantity(BookSide.BID, 0))
        .isEqualTo(500_000);
    assertThat(venue.held).hasSize(1);
    HeldRecord record = venue.held.getFirst();
    assertThat(record.reason()).isEqualTo(QualityReason.DEPTH_SPIKE);
    assertThat(record.encoding()).isEqualTo(RawEncoding.DECODED);
    assertThat(record.raw().text()).contains("\"bids\":[[\"99.90\",\"500\"]]");
    StreamCounts counts = venue.counts(Channel.L2);
    // One snapshot and 61 changes before it.
    assertThat(counts.accepted()).isEqualTo(62);
    assertThat(counts.quarantined()).isEqualTo(1);
    assertThat(counts.reconciles()).isTrue();
    assertThat(counts.state()).isEqualTo(StreamState.SUSPECT);
  }

  @Test
  void recordedBookIsTrustedAgainAfterTwentyMessagesInARow() {
    GuardedVenue venue = new GuardedVenue(VenueKind.RECORDED).still(60);
    venue.bid("500");
    venue.still(19);
    assertThat(venue.state()).isEqualTo(BookState.SUSPECT);
    venue.bid("500");
    venue.still(19);
    assertThat(venue.state()).as("it did not pass in between").isEqualTo(BookState.SUSPECT);
    venue.still(1);
    assertThat(venue.state()).isEqualTo(BookState.SYNCED);
    assertThat(venue.counts(Channel.L2).state()).isEqualTo(StreamState.FLAGGED);
    assertThat(venue.asked).as("a recording has nobody to ask").isEmpty();
  }

  @Test
  void liveBookIsTrustedAgainWhenAFreshSnapshotPasses() {
    GuardedVenue venue = new GuardedVenue(VenueKind.LIVE).still(60);
    assertThat(venue.asked).isEmpty();
    venue.bid("500");
    assertThat(venue.asked).hasSize(1);
    venue.still(30);
    assertThat(venue.state()).as("messages alone do not do").isEqualTo(BookState.SUSPECT);

    venue.updateId -= 10; // The snapshot was taken ten changes ago.
    var snapshot = venue.snapshot(venue.asked.getFirst(), "12");
    venue.updateId += 10;
    venue.apply(snapshot);

    assertThat(venue.state()).isEqualTo(BookState.SYNCED);
    var book = venue.books.book(GuardedVenue.VENUE, GuardedVenue.BTC);
    assertThat(book.sequence()).as("with what came since").isEqualTo(venue.updateId);
    assertThat(book.book().quantity(BookSide.BID, 0)).isEqualTo(10_000);
    venue.still(1);
    assertThat(venue.state()).as("the chain holds").isEqualTo(BookState.SYNCED);
    assertThat(venue.counts(Channel.L2).reconciles()).isTrue();
  }

  /** Two changes wait behind the doubted one while it is replayed: they are in no count yet. */
  @Test
  void Bug_4_countsAddUpAtADoubtWhileBufferedChangesAreReplayed() {
    GuardedVenue venue = new GuardedVenue(VenueKind.LIVE).still(60);
    venue.updateId += 5;
    venue.bid("10");
    long bridged = venue.updateId;
    venue.bid("500");
    venue.still(2);
    assertThat(venue.held).isEmpty();

    long newest = venue.updateId;
    venue.updateId = bridged;
    VenueInput snapshot = venue.snapshot(venue.asked.getLast(), "10");
    venue.updateId = newest;
    venue.apply(snapshot);

    assertThat(venue.held)
        .singleElement()
        .satisfies(record -> assertThat(record.reason()).isEqualTo(QualityReason.DEPTH_SPIKE));
    assertThat(venue.counts(Channel.L2).reconciles()).isTrue();
  }

  @Test
  void snapshotThatDoesNotPassLeavesTheDoubt() {
    GuardedVenue venue = new GuardedVenue(VenueKind.LIVE).still(60);
    venue.bid("500");
    venue.apply(venue.snapshot(venue.asked.getFirst(), "500"));
    assertThat(venue.state()).isEqualTo(BookState.SUSPECT);
  }

  @Test
  void snapshotOlderThanTheDoubtIsOfNoUseAndBreaksNothing() {
    GuardedVenue venue = new GuardedVenue(VenueKind.LIVE).still(60);
    venue.bid("500");
    venue.updateId -= 50;
    var old = venue.snapshot(venue.asked.getFirst(), "10");
    venue.updateId += 50;
    venue.apply(old);
    assertThat(venue.state()).isEqualTo(BookState.SUSPECT);
    assertThat(venue.counts(Channel.L2).byReason()).containsKey(QualityReason.SNAPSHOT_UNFIT);
    venue.still(1);
    assertThat(venue.state()).isEqualTo(BookState.SUSPECT);
  }

  @Test
  void answerThatDoesNotParseIsKept() {
    GuardedVenue venue = new GuardedVenue(VenueKind.LIVE).still(60);
    venue.bid("500");
    venue.apply(
        new SnapshotFailed(
            venue.snapshot(0, "1").arrival(),
            GuardedVenue.BTC,
            venue.asked.getFirst(),
            "malformed: expected '{'",
            RawText.of("<html>")));
    assertThat(venue.held).hasSize(2);
    assertThat(venue.held.getLast().raw().text()).isEqualTo("<html>");
    assertThat(venue.counts(Channel.L2).reconciles()).isTrue();
  }
}
