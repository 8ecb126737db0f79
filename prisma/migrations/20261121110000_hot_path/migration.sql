-- What every request goes through, made cheaper; docs/adr/0013 has the figures. Functions, policies and triggers only.

-- The tenant of the connection is read once a statement (an InitPlan), not again for each row that a join looks up.
CREATE OR REPLACE PROCEDURE protect_tenant_table(target regclass, privileges text DEFAULT 'SELECT, INSERT, UPDATE, DELETE', tenant_column text DEFAULT 'tenant_id')
LANGUAGE plpgsql AS $$
DECLARE
  rule text := format('%I = (SELECT NULLIF(current_setting(''app.tenant_id'', true), '''')::uuid)', tenant_column);
BEGIN
  EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', target);
  EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', target);
  EXECUTE format('CREATE POLICY everyone ON %s AS PERMISSIVE USING (true) WITH CHECK (true)', target);
  EXECUTE format('CREATE POLICY own_tenant ON %s AS RESTRICTIVE USING (%s) WITH CHECK (%s)', target, rule, rule);
  EXECUTE format('GRANT %s ON TABLE %s TO app_tenant', privileges, target);
END $$;
REVOKE EXECUTE ON PROCEDURE protect_tenant_table FROM PUBLIC;

DO $$
DECLARE
  target regclass;
  rule text;
BEGIN
  FOR target IN SELECT polrelid::regclass FROM pg_policy WHERE polname = 'own_tenant' LOOP
    rule := format('%I = (SELECT NULLIF(current_setting(''app.tenant_id'', true), '''')::uuid)',
      CASE target WHEN 'tenants'::regclass THEN 'id' ELSE 'tenant_id' END);
    EXECUTE format('ALTER POLICY own_tenant ON %s USING (%s) WITH CHECK (%s)', target, rule, rule);
  END LOOP;
END $$;

-- The relay is woken by whoever has committed (packages/jobs/src/outbox-signal.ts). NOTIFY takes a lock that all commits
-- of all firms wait for, one after the other, each with its flush to disk.
DROP TRIGGER outbox_filled ON outbox;
DROP FUNCTION notify_outbox();

-- The same chain with less work a row. The hash is that of audit_hash(prev_hash, audit_record(row)), put together here:
-- a SQL function that sets its search path is called, not inlined. audit-chain.int.test.ts compares the two.
CREATE OR REPLACE FUNCTION chain_audit_entry() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE
  last record;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended('audit/' || NEW.tenant_id, 0));
  SELECT seq, hash INTO last FROM audit_entries WHERE tenant_id = NEW.tenant_id ORDER BY seq DESC LIMIT 1;
  NEW.seq := coalesce(last.seq, 0) + 1;
  NEW.prev_hash := coalesce(last.hash, '');
  NEW.hash := encode(sha256(convert_to(NEW.prev_hash || json_build_array(NEW.tenant_id, NEW.seq, NEW.actor_id,
    NEW.actor_kind, NEW.impersonator_id, NEW.action, NEW.subject, NEW.subject_id, NEW.before::text, NEW.after::text,
    NEW.request_id, NEW.address,
    to_char(NEW.created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))::text, 'UTF8')), 'hex');
  RETURN NEW;
END $$;
