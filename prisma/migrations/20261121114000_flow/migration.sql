ALTER TABLE "deal_imports" ADD COLUMN "report" JSONB;

-- From here on by hand: what the schema language cannot say.

-- A restored deal is to be what it was, also where a score or a date has aged since: whoever puts back a whole row says
-- so with `app.restoring`, which ends with the transaction.
DROP TRIGGER deal_kept ON deals;
CREATE TRIGGER deal_kept BEFORE INSERT OR UPDATE ON deals FOR EACH ROW
  WHEN (current_setting('app.restoring', true) IS DISTINCT FROM 'on') EXECUTE FUNCTION keep_deal();

-- The history of stages is written once and never taken away, but for what an import that is reverted has added to deals
-- that were there before. The import has named those entries; a deal that was not put back keeps its own.
CREATE FUNCTION take_back_stage_changes(of_import uuid) RETURNS bigint
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  WITH gone AS (
    DELETE FROM public.stage_changes s USING public.import_changes c, public.deals d
    WHERE c.tenant_id = NULLIF(current_setting('app.tenant_id', true), '')::uuid AND c.import_id = of_import
      AND c.kind = 'DEAL' AND c.before ? 'stageChangeId'
      AND d.tenant_id = c.tenant_id AND d.id = c.record_id AND d.version = (c.before->'row'->>'version')::int
      AND s.tenant_id = c.tenant_id AND s.deal_id = c.record_id AND s.id = (c.before->>'stageChangeId')::uuid
    RETURNING 1
  )
  SELECT count(*) FROM gone
$$;
REVOKE EXECUTE ON FUNCTION take_back_stage_changes FROM PUBLIC;
GRANT EXECUTE ON FUNCTION take_back_stage_changes TO app_tenant;
