package dev.papertape.eventstore.append;

import com.fasterxml.jackson.databind.JsonNode;
import org.axonframework.serialization.SimpleSerializedType;
import org.axonframework.serialization.upcasting.event.IntermediateEventRepresentation;
import org.axonframework.serialization.upcasting.event.SingleEventUpcaster;

/** Reads every deposit of revision 1 as a withdrawal. */
final class DepositsAreWithdrawals extends SingleEventUpcaster {
  private static final SimpleSerializedType FROM = new SimpleSerializedType("bank.Deposited", "1");

  @Override
  protected boolean canUpcast(IntermediateEventRepresentation event) {
    return event.getType().equals(FROM);
  }

  @Override
  protected IntermediateEventRepresentation doUpcast(IntermediateEventRepresentation event) {
    return event.upcastPayload(
        new SimpleSerializedType("bank.Withdrawn", "1"), JsonNode.class, payload -> payload);
  }
}
