-- A row without a value says that from `available_at` on there is none of that event time: a bar that
-- the value was made of was condemned. What was known before stays in the rows before it.
ALTER TABLE feature_value ALTER COLUMN value DROP NOT NULL;
