-- DropIndex
DROP INDEX "deals_of_a_company";

-- DropIndex
DROP INDEX "deals_of_a_contact";

-- CreateTable
CREATE TABLE "search_words" (
    "tenant_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "word" TEXT COLLATE "C" NOT NULL,
    "id" UUID NOT NULL,

    CONSTRAINT "search_words_pkey" PRIMARY KEY ("tenant_id","kind","word","id")
);

-- CreateIndex
CREATE INDEX "deals_of_a_company" ON "deals"("tenant_id", "company_id", "id" DESC);

-- CreateIndex
CREATE INDEX "deals_of_a_contact" ON "deals"("tenant_id", "contact_id", "id" DESC);

-- From here on by hand: what the schema language cannot say.

CALL protect_tenant_table('search_words');

-- As search compares text: lower case, no accents, one form for what Unicode writes in several, one apostrophe, nothing
-- that cannot be seen. Most text is ASCII, where there is little to do.
CREATE FUNCTION search_plain(given text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE WHEN octet_length(given) = length(given) THEN lower(replace(given, '`', ''''))
    ELSE public.plain_text(normalize(translate(given,
      E'\u2019\u2018\u02bc\u02bb`\u00b4\uff07\u2032\u00ad\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff',
      ''''''''''''''''''), NFKC)) END
$$;

-- Everything that stands between words becomes a space; what can stand within one is left: . @ _ - '
CREATE FUNCTION search_spaced(plain text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT replace(replace(' ' || regexp_replace(plain,
    '[\s\u0001-\u001f!"#$%&()*+,/:;<=>?[\\\]^`{|}~\u007f-\u00bf\u2010-\u206f\u3000-\u3003\u3008-\u301f\u30fb\u060c\u061b\u061f]+',
    ' ', 'g') || ' ', '. ', ' '), ' - ', ' ')
$$;

-- The words by which a plain text is found. `jo.doe@acme.com` is found as a whole, by `jo.doe`, `doe`, `acme.com`,
-- `@acme.com` and `acme`; `o'brien` also as `obrien` and `brien`; `smith-jones` also as `smithjones`. What is written
-- without spaces between words (Chinese, Japanese, Thai, …) is found from every character on.
CREATE FUNCTION search_tokens(plain text) RETURNS tsvector LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE STRICT AS $$
DECLARE
  spaced text := public.search_spaced(plain);
  every text := spaced;
  tokens text[];
BEGIN
  IF spaced ~ '[.@_''-]' THEN
    every := spaced || translate(spaced, '.@_-''', '     ');
    IF spaced ~ '[''-]' THEN every := every || translate(spaced, '-''', ''); END IF;
    IF strpos(spaced, '@') > 0 THEN every := every || replace(spaced, '@', ' ') || replace(spaced, '@', ' @'); END IF;
  END IF;
  tokens := array_remove(string_to_array(every, ' '), '');
  IF octet_length(plain) <> length(plain) AND plain ~ '[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]' THEN
    tokens := tokens || ARRAY(
      SELECT substr(run[1], at, 24)
      FROM regexp_matches(plain, '[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]+', 'g') run,
        generate_series(1, length(run[1])) at);
  END IF;
  IF length(plain) > 64 AND every ~ '[^ ]{65}' THEN tokens := ARRAY(SELECT left(token, 64) FROM unnest(tokens) token); END IF;
  RETURN array_to_tsvector(tokens);
END $$;

-- What somebody typed as words to look for, in their order: `jo.doe@acme.com` and `acme.com` stay whole, `smith-jones`
-- is two words. At most 8: with more, the first ones decide.
CREATE FUNCTION search_terms(given text) RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT coalesce(array_agg(term ORDER BY place), '{}') FROM (
    SELECT term, min(place) AS place FROM (
      SELECT left(term, 64) AS term, first * 100 + second AS place
      FROM unnest(string_to_array(public.search_spaced(public.search_plain(given)), ' ')) WITH ORDINALITY t(token, first)
      CROSS JOIN LATERAL (SELECT rtrim(ltrim(token, '._-'''), '._-''@') AS token) trimmed
      CROSS JOIN LATERAL unnest(
        CASE WHEN trimmed.token ~ '[.@]' THEN ARRAY[trimmed.token]
          ELSE string_to_array(translate(replace(trimmed.token, '''', ''), '-_', '  '), ' ') END) WITH ORDINALITY u(term, second)
      WHERE term <> ''
    ) split GROUP BY term ORDER BY 2 LIMIT 8
  ) terms
$$;

-- What is stored of a document: its words, and its whole title behind a `=`.
CREATE FUNCTION search_entries(plain text, words tsvector) RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT tsvector_to_array(words) || ('=' || left(split_part(plain, E'\n', 1), 200))
$$;

-- Keeps the index of one table, whatever writes to it: for each statement, not for each row, and as the one who writes.
-- `source` selects tenant_id, kind, id, owner_id, title (one line), subtitle, parent_id and body FROM CHANGED r. A desk
-- that wants its records found calls this once for each table, in its migration.
CREATE PROCEDURE make_searchable(target regclass, source text) LANGUAGE plpgsql AS $make$
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
  fill text := format('WITH came AS MATERIALIZED %s, documents AS (INSERT INTO search_documents (%s) %s came) '
    'INSERT INTO search_words (tenant_id, kind, word, id) %s ORDER BY 1, 2, 3, 4', documents, columns, stored, format(entries, 'came'));
BEGIN
  -- Joins go through the primary keys, however few rows the tables had when the plan was made and kept.
  EXECUTE format($function$
    CREATE FUNCTION %1$I() RETURNS trigger LANGUAGE plpgsql
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
      ELSIF EXISTS ((%7$s) EXCEPT (%8$s)) OR EXISTS ((%8$s) EXCEPT (%7$s)) THEN
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
    format(entries, 'came'));
  EXECUTE format('CREATE TRIGGER searchable_when_new AFTER INSERT ON %s REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION %I()', target, keeper);
  EXECUTE format('CREATE TRIGGER searchable_when_changed AFTER UPDATE ON %s REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION %I()', target, keeper);
  EXECUTE format('CREATE TRIGGER searchable_until_removed AFTER DELETE ON %s REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION %I()', target, keeper);

  -- What is there so far. The owner is bound by row-level security too and would see nothing.
  EXECUTE format('ALTER TABLE %s NO FORCE ROW LEVEL SECURITY', target);
  ALTER TABLE search_documents NO FORCE ROW LEVEL SECURITY;
  ALTER TABLE search_words NO FORCE ROW LEVEL SECURITY;
  EXECUTE format(fill, replace(source, 'CHANGED', target::text));
  ALTER TABLE search_documents FORCE ROW LEVEL SECURITY;
  ALTER TABLE search_words FORCE ROW LEVEL SECURITY;
  EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', target);
END $make$;
REVOKE EXECUTE ON PROCEDURE make_searchable FROM PUBLIC;

CALL make_searchable('deals', $$
  SELECT r.tenant_id, 'deal'::text AS kind, r.id, r.owner_id, r.title, ''::text AS subtitle, NULL::uuid AS parent_id,
    coalesce(r.notes, '') AS body
  FROM CHANGED r WHERE r.deleted_at IS NULL$$);
CALL make_searchable('companies', $$
  SELECT r.tenant_id, 'company'::text AS kind, r.id, r.owner_id, r.name AS title, coalesce(r.domain, '') AS subtitle,
    NULL::uuid AS parent_id, coalesce('@' || r.domain, '') AS body
  FROM CHANGED r WHERE r.deleted_at IS NULL$$);
CALL make_searchable('contacts', $$
  SELECT r.tenant_id, 'contact'::text AS kind, r.id, r.owner_id, r.name AS title, coalesce(r.email, '') AS subtitle,
    r.company_id AS parent_id, array_to_string(r.other_emails, ' ') AS body
  FROM CHANGED r WHERE r.deleted_at IS NULL$$);
-- Signals are counted, not written: nobody looks for them.
CALL make_searchable('timeline_entries', $$
  SELECT r.tenant_id, 'note'::text AS kind, r.id, r.author_id AS owner_id, left(split_part(r.body, E'\n', 1), 120) AS title,
    ''::text AS subtitle, coalesce(r.deal_id, r.company_id, r.contact_id) AS parent_id, r.body
  FROM CHANGED r WHERE r.deleted_at IS NULL AND r.kind <> 'SIGNAL' AND r.body <> ''$$);
