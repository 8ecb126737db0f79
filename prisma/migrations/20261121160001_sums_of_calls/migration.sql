-- AlterTable
ALTER TABLE "capital_calls" ADD COLUMN     "line_count" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "lines_applied" DECIMAL(18,2) NOT NULL DEFAULT 0,
ADD COLUMN     "lines_due" DECIMAL(18,2) NOT NULL DEFAULT 0,
ADD COLUMN     "lines_written_off" DECIMAL(18,2) NOT NULL DEFAULT 0;

-- From here on by hand. The page of a fund lists calls of thousands of lines each: their sums are kept by whatever writes lines.
-- A statement that changes no sum (a notice was mailed, a link was opened) does not touch the call.
CREATE FUNCTION keep_sums_of_calls() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    UPDATE public.capital_calls c SET line_count = c.line_count + s.n, lines_due = c.lines_due + s.due,
      lines_applied = c.lines_applied + s.applied, lines_written_off = c.lines_written_off + s.written_off
    FROM (SELECT tenant_id, call_id, count(*) AS n, sum(due) AS due, sum(applied) AS applied, sum(written_off) AS written_off
      FROM added GROUP BY 1, 2) s
    WHERE c.tenant_id = s.tenant_id AND c.id = s.call_id;
  ELSE
    UPDATE public.capital_calls c SET lines_due = c.lines_due + s.due, lines_applied = c.lines_applied + s.applied,
      lines_written_off = c.lines_written_off + s.written_off
    FROM (SELECT tenant_id, call_id, sum(due) AS due, sum(applied) AS applied, sum(written_off) AS written_off
      FROM (SELECT tenant_id, call_id, due, applied, written_off FROM added
        UNION ALL SELECT tenant_id, call_id, -due, -applied, -written_off FROM removed) changed
      GROUP BY 1, 2 HAVING sum(due) <> 0 OR sum(applied) <> 0 OR sum(written_off) <> 0) s
    WHERE c.tenant_id = s.tenant_id AND c.id = s.call_id;
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER capital_call_lines_added AFTER INSERT ON capital_call_lines REFERENCING NEW TABLE AS added
  FOR EACH STATEMENT EXECUTE FUNCTION keep_sums_of_calls();
CREATE TRIGGER capital_call_lines_changed AFTER UPDATE ON capital_call_lines REFERENCING NEW TABLE AS added OLD TABLE AS removed
  FOR EACH STATEMENT EXECUTE FUNCTION keep_sums_of_calls();

-- Of all firms, which the owner sees without the policies only.
ALTER TABLE capital_calls NO FORCE ROW LEVEL SECURITY;
ALTER TABLE capital_call_lines NO FORCE ROW LEVEL SECURITY;
UPDATE capital_calls c SET line_count = s.n, lines_due = s.due, lines_applied = s.applied, lines_written_off = s.written_off
FROM (SELECT tenant_id, call_id, count(*) AS n, sum(due) AS due, sum(applied) AS applied, sum(written_off) AS written_off
  FROM capital_call_lines GROUP BY 1, 2) s
WHERE c.tenant_id = s.tenant_id AND c.id = s.call_id;
ALTER TABLE capital_calls FORCE ROW LEVEL SECURITY;
ALTER TABLE capital_call_lines FORCE ROW LEVEL SECURITY;
