-- The newest row of a chain is looked up by the index, whatever the table was when the plan was made: in an hour in which
-- no statistics are gathered, reading and sorting all rows of a firm took 3 ms a change at 6,000 rows, and grew with them.
ALTER FUNCTION chain_audit_entry() SET enable_seqscan = off;
ALTER FUNCTION chain_audit_entry() SET enable_bitmapscan = off;
ALTER FUNCTION chain_audit_entry() SET enable_sort = off;
