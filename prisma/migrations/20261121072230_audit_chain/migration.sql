-- The audit log becomes a chain: each row carries the hash of the one before it, per tenant. It is partitioned by
-- month, and the runtime roles may add to it and read it, and nothing else. What platform staff do outside of any firm
-- joins it under the nil uuid.

CREATE TABLE audit_chain (
    "tenant_id" UUID NOT NULL,
    "seq" BIGINT NOT NULL,
    "actor_id" UUID,
    "actor_kind" TEXT NOT NULL,
    "impersonator_id" UUID,
    "action" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "subject_id" UUID,
    "before" JSON,
    "after" JSON,
    "request_id" TEXT,
    "address" TEXT,
    "prev_hash" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP
) PARTITION BY RANGE (created_at);

CREATE TABLE "audit_seals" (
    "id" UUID NOT NULL,
    "storage_key" TEXT NOT NULL,
    "chains" INTEGER NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "audit_seals_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "audit_seals_storage_key_key" ON "audit_seals"("storage_key");
REVOKE UPDATE, DELETE ON TABLE audit_seals FROM app_platform;

-- What is in the log so far. The owner is bound by row-level security too and would see nothing.
ALTER TABLE audit_entries DISABLE ROW LEVEL SECURITY;
ALTER TABLE audit_entries NO FORCE ROW LEVEL SECURITY;
CREATE TEMP TABLE audit_before ON COMMIT DROP AS
  SELECT tenant_id, actor_id, actor_kind, action, subject, subject_id, before::json, after::json, request_id, created_at, id
  FROM audit_entries
  UNION ALL
  SELECT '00000000-0000-0000-0000-000000000000'::uuid, actor_id, 'platform', action, subject, subject_id, NULL,
    details::json, request_id, created_at, id
  FROM platform_audit_entries;
DROP TABLE audit_entries;
DROP TABLE platform_audit_entries;

ALTER TABLE audit_chain RENAME TO audit_entries;
ALTER TABLE audit_entries ADD CONSTRAINT "audit_entries_pkey" PRIMARY KEY ("tenant_id", "seq", "created_at");
CREATE INDEX "audit_entries_of_a_subject" ON "audit_entries"("tenant_id", "subject", "subject_id", "seq" DESC);
CREATE INDEX "audit_entries_of_an_actor" ON "audit_entries"("tenant_id", "actor_id", "seq" DESC);

-- Everything of a row but its hashes, as one text. Its order is part of every hash: never change it.
CREATE FUNCTION audit_record(e audit_entries) RETURNS text LANGUAGE sql STABLE SET search_path = pg_catalog AS $$
  SELECT json_build_array(e.tenant_id, e.seq, e.actor_id, e.actor_kind, e.impersonator_id, e.action, e.subject,
    e.subject_id, e.before::text, e.after::text, e.request_id, e.address,
    to_char(e.created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))::text
$$;
CREATE FUNCTION audit_hash(prev text, record text) RETURNS text LANGUAGE sql IMMUTABLE SET search_path = pg_catalog AS $$
  SELECT encode(sha256(convert_to(prev || record, 'UTF8')), 'hex')
$$;

-- One chain per tenant: without the lock two rows would follow the same one, and the chain would fork.
CREATE FUNCTION chain_audit_entry() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE
  last record;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended('audit/' || NEW.tenant_id, 0));
  SELECT seq, hash INTO last FROM audit_entries WHERE tenant_id = NEW.tenant_id ORDER BY seq DESC LIMIT 1;
  NEW.seq := coalesce(last.seq, 0) + 1;
  NEW.prev_hash := coalesce(last.hash, '');
  NEW.hash := audit_hash(NEW.prev_hash, audit_record(NEW));
  RETURN NEW;
END $$;
CREATE TRIGGER audit_entry_chained BEFORE INSERT ON audit_entries FOR EACH ROW EXECUTE FUNCTION chain_audit_entry();

-- Makes the partitions of this month and of the months to come. A schedule calls it; it runs as the owner, because the
-- runtime roles may not make tables. A partition is reached through its parent only.
CREATE PROCEDURE keep_audit_partitions(months_ahead int DEFAULT 3)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET lock_timeout = '5s' AS $$
DECLARE
  first date := date_trunc('month', now() AT TIME ZONE 'UTC');
  starts date;
  name text;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended('audit partitions', 0));
  FOR i IN 0..months_ahead LOOP
    starts := first + make_interval(months => i);
    name := 'audit_entries_' || to_char(starts, 'YYYY_MM');
    CONTINUE WHEN to_regclass('public.' || name) IS NOT NULL;
    EXECUTE format('CREATE TABLE public.%I (LIKE public.audit_entries INCLUDING ALL)', name);
    EXECUTE format('ALTER TABLE public.%I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('ALTER TABLE public.%I FORCE ROW LEVEL SECURITY', name);
    EXECUTE format('REVOKE ALL ON TABLE public.%I FROM app_platform, app_tenant', name);
    EXECUTE format('ALTER TABLE public.audit_entries ATTACH PARTITION public.%I FOR VALUES FROM (%L) TO (%L)', name,
      starts::timestamp AT TIME ZONE 'UTC', (starts + interval '1 month') AT TIME ZONE 'UTC');
  END LOOP;
END $$;
REVOKE EXECUTE ON PROCEDURE keep_audit_partitions FROM PUBLIC;
GRANT EXECUTE ON PROCEDURE keep_audit_partitions TO app_platform;

-- What no month takes: rows from before this migration, and those of a month that nobody prepared.
CREATE TABLE audit_entries_default PARTITION OF audit_entries DEFAULT;
ALTER TABLE audit_entries_default ENABLE ROW LEVEL SECURITY;
ALTER TABLE audit_entries_default FORCE ROW LEVEL SECURITY;
REVOKE ALL ON TABLE audit_entries_default FROM app_platform, app_tenant;
CALL keep_audit_partitions();

INSERT INTO audit_entries (tenant_id, actor_id, actor_kind, action, subject, subject_id, before, after, request_id, created_at)
  SELECT tenant_id, actor_id, actor_kind, action, subject, subject_id, before, after, request_id, created_at
  FROM audit_before ORDER BY created_at, id;

CALL protect_tenant_table('audit_entries', 'SELECT, INSERT');
REVOKE UPDATE, DELETE, TRUNCATE ON TABLE audit_entries FROM app_platform;
