CREATE TABLE migration_test (id integer);
INSERT INTO migration_test VALUES (1);
