-- population: every population as its lineage leaves it, and each step of the lineage.
CREATE TABLE pbt_population (
  population_id text   PRIMARY KEY,
  created_at    bigint NOT NULL,
  population    json   NOT NULL
);
CREATE TABLE pbt_progress (
  population_id text PRIMARY KEY,
  progress      json NOT NULL
);
CREATE TABLE pbt_step (
  position      bigint PRIMARY KEY,
  population_id text   NOT NULL,
  step          json   NOT NULL
);
