-- alphas: every alpha of the registry as it stands. An alpha that was benched before it was
-- registered has a row without a view.
CREATE TABLE alpha_registry (
  alpha_id text PRIMARY KEY,
  benched  text,
  view     json
);
