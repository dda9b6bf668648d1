-- report: what each alpha came to, as running totals. A window's figures are the difference of two
-- rows, however long it is and however much the log holds. See docs/decisions/0022-reports.md.

-- Stretches of the log in which feed time went forwards; a new one begins when an older recording
-- is played into the same log.
CREATE TABLE report_era (
  era            bigint PRIMARY KEY,
  first_position bigint NOT NULL,
  first_second   bigint NOT NULL,
  newest_second  bigint NOT NULL
);

-- Between which positions the events of each feed second lie.
CREATE TABLE report_clock (
  first_position bigint PRIMARY KEY,
  era            bigint NOT NULL,
  second         bigint NOT NULL,
  last_position  bigint NOT NULL
);

-- The whole fold after the newest event of a bucket: by the second for two hours, by the minute for
-- good. pnl is each alpha's running total, for charts.
CREATE TABLE report_ledger (
  era        bigint NOT NULL,
  resolution bigint NOT NULL,
  bucket     bigint NOT NULL,
  position   bigint NOT NULL,
  view       json   NOT NULL,
  pnl        json   NOT NULL,
  PRIMARY KEY (era, resolution, bucket)
);
CREATE INDEX report_ledger_position ON report_ledger (position);

-- Newest equity of a bucket: resolutions 1 (two hours), 60, 300 and 3600 s (for good).
CREATE TABLE report_equity (
  era        bigint  NOT NULL,
  resolution bigint  NOT NULL,
  bucket     bigint  NOT NULL,
  account    bigint  NOT NULL,
  equity     numeric NOT NULL,
  PRIMARY KEY (era, resolution, bucket)
);
