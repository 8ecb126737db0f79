-- A thousand deals at once, and with it each of them alone: less work a row. docs/performance.md has the figures.

-- What many deals were before one wish is read once, as a whole: it is kept with the wish, not as a row each.
-- AlterTable
ALTER TABLE "deal_batches" ADD COLUMN     "items" JSONB NOT NULL DEFAULT '[]';

-- What is there so far. The owner is bound by row-level security too and would see nothing.
ALTER TABLE deal_batches NO FORCE ROW LEVEL SECURITY;
ALTER TABLE deal_batch_items NO FORCE ROW LEVEL SECURITY;
UPDATE deal_batches b SET items = i.items FROM (
  SELECT tenant_id, batch_id, jsonb_agg(jsonb_build_object('dealId', deal_id, 'before', before, 'version', version)) AS items
  FROM deal_batch_items GROUP BY tenant_id, batch_id) i
WHERE b.tenant_id = i.tenant_id AND b.id = i.batch_id;
ALTER TABLE deal_batches FORCE ROW LEVEL SECURITY;

-- DropForeignKey
ALTER TABLE "deal_batch_items" DROP CONSTRAINT "deal_batch_items_tenant_id_batch_id_fkey";

-- DropTable
DROP TABLE "deal_batch_items";

-- DropIndex
DROP INDEX "deals_by_closing";

-- DropIndex
DROP INDEX "deals_in_the_trash";

-- From here on by hand: what the schema language cannot say.

-- Every change of a deal adds a row to each of its indexes. Most deals are not closed, not in the trash, without a tag and
-- typed by somebody: an index that is asked only for the others has only the others.
CREATE INDEX deals_by_closing ON deals (tenant_id, closed_at) WHERE closed_at IS NOT NULL;
CREATE INDEX deals_in_the_trash ON deals (tenant_id, deleted_at) WHERE deleted_at IS NOT NULL;
DROP INDEX deals_by_import_key;
CREATE UNIQUE INDEX deals_by_import_key ON deals (tenant_id, import_key) WHERE import_key IS NOT NULL AND deleted_at IS NULL;
DROP INDEX deals_by_tag;
CREATE INDEX deals_by_tag ON deals USING gin (tenant_id, tags) WHERE tags <> '{}';

-- What triggers call for each row has no search path of its own: to set one costs more than many of them do. They name
-- the schema of whatever is not Postgres' own.
CREATE OR REPLACE FUNCTION decayed_engagement(points numeric, since timestamptz, until timestamptz) RETURNS numeric
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE WHEN points = 0 OR until <= since THEN points
    ELSE round(points * power(0.5, extract(epoch FROM until - since)::numeric / (30 * 86400)), 3) END
$$;
ALTER FUNCTION deal_fit RESET search_path;

-- The same rules with less work: what stays is looked up in one question, and the sights of the other side are picked
-- only where there are any. The locks, and why a deal that stays takes none, are those of the migration score_race.
CREATE OR REPLACE FUNCTION keep_deal() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  is_new CONSTANT boolean := TG_OP = 'INSERT';
  comes CONSTANT boolean := is_new OR (NEW.company_id, NEW.contact_id) IS DISTINCT FROM (OLD.company_id, OLD.contact_id);
  known record;
  company_size text;
  fit record;
BEGIN
  IF is_new OR NEW.stage <> OLD.stage THEN
    NEW.stage_entered_at := CASE WHEN is_new THEN coalesce(NEW.closed_at, NEW.created_at) ELSE NEW.updated_at END;
    IF NEW.stage IN ('QUALIFIED', 'NEGOTIATION', 'CLOSED_WON') THEN
      NEW.qualified_at := coalesce(NEW.qualified_at, NEW.stage_entered_at);
    END IF;
    IF NEW.stage IN ('NEGOTIATION', 'CLOSED_WON') THEN
      NEW.negotiated_at := coalesce(NEW.negotiated_at, NEW.stage_entered_at);
    END IF;
  END IF;
  IF comes
    OR (NEW.value, NEW.priority, NEW.lead_source, NEW.expected_close_date, NEW.tags, NEW.fit_score, NEW.score_reasons)
      IS DISTINCT FROM
      (OLD.value, OLD.priority, OLD.lead_source, OLD.expected_close_date, OLD.tags, OLD.fit_score, OLD.score_reasons)
  THEN
    IF NOT comes THEN
      SELECT c.size, k.email, k.title, k.consent INTO known
      FROM (SELECT) nothing
      LEFT JOIN public.companies c ON c.tenant_id = NEW.tenant_id AND c.id = NEW.company_id
      LEFT JOIN public.contacts k ON k.tenant_id = NEW.tenant_id AND k.id = NEW.contact_id;
      company_size := known.size;
    ELSE
      IF is_new OR NEW.company_id IS DISTINCT FROM OLD.company_id THEN
        SELECT c.size INTO company_size FROM public.companies c WHERE c.tenant_id = NEW.tenant_id AND c.id = NEW.company_id
          FOR KEY SHARE;
      ELSE
        SELECT c.size INTO company_size FROM public.companies c WHERE c.tenant_id = NEW.tenant_id AND c.id = NEW.company_id;
      END IF;
      IF is_new OR NEW.contact_id IS DISTINCT FROM OLD.contact_id THEN
        SELECT k.email, k.title, k.consent INTO known FROM public.contacts k
          WHERE k.tenant_id = NEW.tenant_id AND k.id = NEW.contact_id FOR KEY SHARE;
      ELSE
        SELECT k.email, k.title, k.consent INTO known FROM public.contacts k
          WHERE k.tenant_id = NEW.tenant_id AND k.id = NEW.contact_id;
      END IF;
    END IF;
    fit := public.deal_fit(NEW.value, NEW.priority, NEW.lead_source, NEW.expected_close_date, NEW.tags,
      NEW.company_id IS NOT NULL, company_size, NEW.contact_id IS NOT NULL, known.email, known.title, known.consent);
    NEW.fit_score := fit.score;
    -- What a person or a machine saw the other side do has a time; the ten latest are kept.
    IF jsonb_path_exists(NEW.score_reasons, '$[*].at') THEN
      NEW.score_reasons := fit.reasons || (
        SELECT jsonb_agg(s.r ORDER BY s.r->>'at') FROM (
          SELECT r FROM jsonb_path_query(NEW.score_reasons, '$[*] ? (exists (@.at))') r ORDER BY r->>'at' DESC LIMIT 10) s);
    ELSE
      NEW.score_reasons := fit.reasons;
    END IF;
  END IF;
  NEW.lead_score := least(100, greatest(0,
    NEW.fit_score + round(public.decayed_engagement(NEW.engagement, NEW.engagement_at, now()))));
  RETURN NEW;
END $$;

-- Who owns a deal, what it is called and what is noted of it has no part in any of this: then it is not even asked. Any
-- write to what the function keeps or reads, and any deal that cools down, goes through it as before.
DROP TRIGGER deal_kept ON deals;
CREATE TRIGGER deal_kept_when_new BEFORE INSERT ON deals FOR EACH ROW
  WHEN (current_setting('app.restoring', true) IS DISTINCT FROM 'on') EXECUTE FUNCTION keep_deal();
CREATE TRIGGER deal_kept BEFORE UPDATE ON deals FOR EACH ROW
  WHEN (current_setting('app.restoring', true) IS DISTINCT FROM 'on' AND (NEW.engagement > 0
    OR (NEW.stage, NEW.value, NEW.priority, NEW.lead_source, NEW.expected_close_date, NEW.tags, NEW.company_id, NEW.contact_id,
        NEW.fit_score, NEW.score_reasons, NEW.engagement, NEW.engagement_at, NEW.lead_score)
      IS DISTINCT FROM
      (OLD.stage, OLD.value, OLD.priority, OLD.lead_source, OLD.expected_close_date, OLD.tags, OLD.company_id, OLD.contact_id,
        OLD.fit_score, OLD.score_reasons, OLD.engagement, OLD.engagement_at, OLD.lead_score)))
  EXECUTE FUNCTION keep_deal();

-- The audit chain. A row alone is chained by its trigger, as before. Many rows of one firm are chained in one pass, by a
-- function of the owner: the trigger leaves alone what only the owner can have written, and no runtime role becomes it.
CREATE OR REPLACE FUNCTION chain_audit_entry() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  last record;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended('audit/' || NEW.tenant_id, 0));
  SELECT seq, hash INTO last FROM public.audit_entries WHERE tenant_id = NEW.tenant_id ORDER BY seq DESC LIMIT 1;
  NEW.seq := coalesce(last.seq, 0) + 1;
  NEW.prev_hash := coalesce(last.hash, '');
  NEW.hash := encode(sha256(convert_to(NEW.prev_hash || json_build_array(NEW.tenant_id, NEW.seq, NEW.actor_id,
    NEW.actor_kind, NEW.impersonator_id, NEW.action, NEW.subject, NEW.subject_id, NEW.before::text, NEW.after::text,
    NEW.request_id, NEW.address,
    to_char(NEW.created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))::text, 'UTF8')), 'hex');
  RETURN NEW;
END $$;

-- The hash of each record behind the one before it: an aggregate, so that a window makes the chain.
CREATE FUNCTION audit_chained(prev text, first text, record text) RETURNS text LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
  RETURN encode(sha256(convert_to(coalesce(prev, first) || record, 'UTF8')), 'hex');
END $$;
CREATE AGGREGATE audit_chain(first text, record text) (sfunc = audit_chained, stype = text);

-- Entries of the tenant that the connection serves, and of no other, in their order. What is hashed is what
-- audit_record() gives; audit-chain.int.test.ts compares the two.
CREATE FUNCTION chain_audit_entries(given json) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  tenant CONSTANT uuid NOT NULL := NULLIF(current_setting('app.tenant_id', true), '')::uuid;
  written_at CONSTANT timestamptz(3) := now();
  written_text CONSTANT text := to_char(written_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"');
  last_seq bigint;
  last_hash text;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended('audit/' || tenant, 0));
  SELECT seq, hash INTO last_seq, last_hash FROM public.audit_entries WHERE tenant_id = tenant ORDER BY seq DESC LIMIT 1;
  last_hash := coalesce(last_hash, '');
  INSERT INTO public.audit_entries (tenant_id, seq, actor_id, actor_kind, impersonator_id, action, subject, subject_id, before,
    after, request_id, address, prev_hash, hash, created_at)
  SELECT tenant, c.seq, c.actor_id, c.actor_kind, c.impersonator_id, c.action, c.subject, c.subject_id, c.before, c.after,
    c.request_id, c.address, lag(c.hash, 1, last_hash) OVER (ORDER BY c.seq), c.hash, written_at
  FROM (
    SELECT e.*, public.audit_chain(last_hash, json_build_array(tenant, e.seq, e.actor_id, e.actor_kind, e.impersonator_id,
      e.action, e.subject, e.subject_id, e.before::text, e.after::text, e.request_id, e.address, written_text)::text)
      OVER (ORDER BY e.seq) AS hash
    FROM (
      SELECT coalesce(last_seq, 0) + g.n AS seq, g.*
      FROM ROWS FROM (json_to_recordset(given) AS ("actorId" uuid, "actorKind" text, "impersonatorId" uuid, action text,
        subject text, "subjectId" uuid, before json, after json, "requestId" text, address text))
        WITH ORDINALITY AS g(actor_id, actor_kind, impersonator_id, action, subject, subject_id, before, after, request_id,
          address, n)
    ) e
  ) c
  ORDER BY c.seq;
END $$;
REVOKE EXECUTE ON FUNCTION chain_audit_entries FROM PUBLIC;
GRANT EXECUTE ON FUNCTION chain_audit_entries TO app_tenant;

DROP TRIGGER audit_entry_chained ON audit_entries;
CREATE TRIGGER audit_entry_chained BEFORE INSERT ON audit_entries FOR EACH ROW
  WHEN (NEW.hash IS NULL OR current_user <> 'app_owner') EXECUTE FUNCTION chain_audit_entry();

-- The index of the search. A statement that changes nothing that is found is compared once and not in both directions, and
-- one that gives records to somebody else leaves their words alone. The rest is that of the migration search, in two: what
-- keeps the index of a table, and what begins with it.
-- `present`: the statement that fills the index with what is there.
CREATE PROCEDURE keep_searchable(target regclass, source text, INOUT present text DEFAULT NULL) LANGUAGE plpgsql AS $make$
DECLARE
  keeper text := format('keep_search_of_%s', target);
  documents text := $sql$(
    SELECT s.*, p.plain, t.words FROM (%s) s
    CROSS JOIN LATERAL (SELECT search_plain(s.title || E'\n' || s.subtitle || E'\n' || s.body) AS plain OFFSET 0) p
    CROSS JOIN LATERAL (SELECT search_tokens(p.plain) AS words OFFSET 0) t)$sql$;
  columns text := 'tenant_id, kind, id, owner_id, title, subtitle, parent_id, plain, words, updated_at';
  stored text := 'SELECT tenant_id, kind, id, owner_id, title, subtitle, parent_id, plain, words, now() FROM';
  entries text := 'SELECT d.tenant_id, d.kind, e.word, d.id FROM %s d CROSS JOIN LATERAL unnest(search_entries(d.plain, d.words)) e(word)';
  came text := replace(source, 'CHANGED', 'new_rows');
  went text := replace(source, 'CHANGED', 'old_rows');
  texts text := 'SELECT tenant_id, kind, id, title, subtitle, body FROM (%s) r';
  as_many text := format('(SELECT count(*) FROM (%s) c) = (SELECT count(*) FROM (%s) w)', came, went);
  fill text := format('WITH came AS MATERIALIZED %s, documents AS (INSERT INTO search_documents (%s) %s came) '
    'INSERT INTO search_words (tenant_id, kind, word, id) %s ORDER BY 1, 2, 3, 4', documents, columns, stored, format(entries, 'came'));
BEGIN
  -- Joins go through the primary keys, however few rows the tables had when the plan was made and kept.
  EXECUTE format($function$
    CREATE OR REPLACE FUNCTION %1$I() RETURNS trigger LANGUAGE plpgsql
    SET search_path = pg_catalog, public SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off SET jit = off AS $body$
    BEGIN
      IF TG_OP = 'INSERT' THEN
        %2$s;
      ELSIF TG_OP = 'DELETE' THEN
        WITH went AS MATERIALIZED %4$s, dropped AS (
          DELETE FROM search_documents s USING went w WHERE s.tenant_id = w.tenant_id AND s.kind = w.kind AND s.id = w.id)
        -- Without OFFSET 0 the words are joined last, and each record's are looked for among all words of the tenant.
        DELETE FROM search_words s USING (%6$s OFFSET 0) w
        WHERE s.tenant_id = w.tenant_id AND s.kind = w.kind AND s.word = w.word COLLATE "C" AND s.id = w.id;
      ELSIF %12$s AND NOT EXISTS ((%8$s) EXCEPT (%7$s)) THEN
        -- Each record is one row: as many that came, and none that did not go, are the same.
        RETURN NULL;
      ELSIF %12$s AND NOT EXISTS ((%14$s) EXCEPT (%13$s)) THEN
        -- Given to somebody else: the words stay.
        UPDATE search_documents s SET owner_id = c.owner_id, parent_id = c.parent_id, updated_at = now()
        FROM ((%8$s) EXCEPT (%7$s)) c WHERE s.tenant_id = c.tenant_id AND s.kind = c.kind AND s.id = c.id;
      ELSE
        WITH went AS MATERIALIZED %3$s, came AS MATERIALIZED %5$s,
        dropped AS (
          DELETE FROM search_documents s USING (SELECT tenant_id, kind, id FROM went EXCEPT SELECT tenant_id, kind, id FROM came) w
          WHERE s.tenant_id = w.tenant_id AND s.kind = w.kind AND s.id = w.id),
        documents AS (
          INSERT INTO search_documents (%9$s) %10$s came
          ON CONFLICT (tenant_id, kind, id) DO UPDATE SET owner_id = excluded.owner_id, title = excluded.title,
            subtitle = excluded.subtitle, parent_id = excluded.parent_id, plain = excluded.plain, words = excluded.words,
            updated_at = excluded.updated_at),
        forgotten AS (
          DELETE FROM search_words s USING (%6$s EXCEPT %11$s) w
          WHERE s.tenant_id = w.tenant_id AND s.kind = w.kind AND s.word = w.word COLLATE "C" AND s.id = w.id)
        INSERT INTO search_words (tenant_id, kind, word, id) %11$s EXCEPT %6$s ORDER BY 1, 2, 3, 4 ON CONFLICT DO NOTHING;
      END IF;
      RETURN NULL;
    END $body$ $function$,
    keeper, format(fill, came), format(documents, format('(%s) EXCEPT (%s)', went, came)), format(documents, went),
    format(documents, format('(%s) EXCEPT (%s)', came, went)), format(entries, 'went'), went, came, columns, stored,
    format(entries, 'came'), as_many, format(texts, went), format(texts, came));
  present := format(fill, replace(source, 'CHANGED', target::text));
END $make$;
REVOKE EXECUTE ON PROCEDURE keep_searchable FROM PUBLIC;

CREATE OR REPLACE PROCEDURE make_searchable(target regclass, source text) LANGUAGE plpgsql AS $make$
DECLARE
  keeper text := format('keep_search_of_%s', target);
  present text;
BEGIN
  CALL keep_searchable(target, source, present);
  EXECUTE format('CREATE TRIGGER searchable_when_new AFTER INSERT ON %s REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION %I()', target, keeper);
  EXECUTE format('CREATE TRIGGER searchable_when_changed AFTER UPDATE ON %s REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION %I()', target, keeper);
  EXECUTE format('CREATE TRIGGER searchable_until_removed AFTER DELETE ON %s REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION %I()', target, keeper);

  -- What is there so far. The owner is bound by row-level security too and would see nothing.
  EXECUTE format('ALTER TABLE %s NO FORCE ROW LEVEL SECURITY', target);
  ALTER TABLE search_documents NO FORCE ROW LEVEL SECURITY;
  ALTER TABLE search_words NO FORCE ROW LEVEL SECURITY;
  EXECUTE present;
  ALTER TABLE search_documents FORCE ROW LEVEL SECURITY;
  ALTER TABLE search_words FORCE ROW LEVEL SECURITY;
  EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', target);
END $make$;

CALL keep_searchable('deals', $$
  SELECT r.tenant_id, 'deal'::text AS kind, r.id, r.owner_id, r.title, ''::text AS subtitle, NULL::uuid AS parent_id,
    coalesce(r.notes, '') AS body
  FROM CHANGED r WHERE r.deleted_at IS NULL$$);
CALL keep_searchable('companies', $$
  SELECT r.tenant_id, 'company'::text AS kind, r.id, r.owner_id, r.name AS title, coalesce(r.domain, '') AS subtitle,
    NULL::uuid AS parent_id, coalesce('@' || r.domain, '') AS body
  FROM CHANGED r WHERE r.deleted_at IS NULL$$);
CALL keep_searchable('contacts', $$
  SELECT r.tenant_id, 'contact'::text AS kind, r.id, r.owner_id, r.name AS title, coalesce(r.email, '') AS subtitle,
    r.company_id AS parent_id, array_to_string(r.other_emails, ' ') AS body
  FROM CHANGED r WHERE r.deleted_at IS NULL$$);
CALL keep_searchable('timeline_entries', $$
  SELECT r.tenant_id, 'note'::text AS kind, r.id, r.author_id AS owner_id, left(split_part(r.body, E'\n', 1), 120) AS title,
    ''::text AS subtitle, coalesce(r.deal_id, r.company_id, r.contact_id) AS parent_id, r.body
  FROM CHANGED r WHERE r.deleted_at IS NULL AND r.kind <> 'SIGNAL' AND r.body <> ''$$);
CALL keep_searchable('activities', $$
  SELECT r.tenant_id, 'activity'::text AS kind, r.id, r.requested_by_id AS owner_id, r.title,
    CASE WHEN r.topic = r.title THEN '' ELSE r.topic END AS subtitle, NULL::uuid AS parent_id,
    r.audience || ' ' || coalesce(array_to_string(r.keywords, ' '), '') AS body
  FROM CHANGED r$$);
