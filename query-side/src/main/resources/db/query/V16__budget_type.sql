-- budget: one type of event newest first, however rare it is among the others.
CREATE INDEX budget_event_type ON budget_event (type, position);
