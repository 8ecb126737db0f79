-- Companies, contacts and deals that are there twice: how they are found.

DROP INDEX "deals_of_a_company";

-- CreateIndex
CREATE INDEX "deals_of_a_company" ON "deals"("tenant_id", "company_id", "title");

-- CreateTable
CREATE TABLE "record_keys" (
    "tenant_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "record_id" UUID NOT NULL,

    CONSTRAINT "record_keys_pkey" PRIMARY KEY ("tenant_id","kind","key","record_id")
);

-- CreateIndex
CREATE INDEX "record_keys_of_a_record" ON "record_keys"("tenant_id", "record_id");

-- From here on by hand.

-- In the order of a dictionary: not all capitals before all small letters, and É beside E.
ALTER TABLE companies ALTER COLUMN name TYPE text COLLATE "und-x-icu";
ALTER TABLE contacts ALTER COLUMN name TYPE text COLLATE "und-x-icu";

-- A name as it is compared: plain, without punctuation; of a company also without the legal form at its end.
CREATE FUNCTION name_core(given text, of_company boolean) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT
SET search_path = pg_catalog, public AS $$
  SELECT CASE WHEN of_company THEN coalesce(nullif(regexp_replace(words,
      '^the |( (?:incorporated|inc|corporation|corp|company|co|llc|llp|lp|limited|ltd|plc|gmbh|mbh|ggmbh|ag|se|kg|kgaa|ohg|gbr|ug|haftungsbeschrankt|ev|bv|nv|vof|sa|sas|sasu|sarl|eurl|sl|slu|sci|spa|srl|snc|ab|as|asa|aps|oy|oyj|kk|pty|pte|pvt|private|public|sro|spzoo|sp|zoo|doo|dd|kft|zrt|ltda|sab|sapi|bhd|sdn|jsc|ooo))+$',
      '', 'g'), ''), words) ELSE words END
  FROM (SELECT btrim(regexp_replace(regexp_replace(plain_text(given), '[.''’`´]', '', 'g'), '[[:space:][:punct:]–—]+', ' ', 'g')) AS words) w
$$;

-- What two likely names have in common whatever a typing finger did: the beginnings of their words (a slip further
-- on), the ends of their words (a slip at the beginning), or their consonants (vowels, doubled or swapped letters).
CREATE FUNCTION name_keys(core text) RETURNS SETOF text LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT
SET search_path = pg_catalog, public AS $$
  WITH words AS (
    SELECT w, n, w ~ '[0-9]' AS counted FROM regexp_split_to_table(core, ' ') WITH ORDINALITY AS t(w, n) WHERE w <> ''
  )
  SELECT 'a:' || string_agg(CASE WHEN counted THEN w ELSE left(w, 3) END, ' ' ORDER BY n) FROM words WHERE n <= 2 HAVING count(*) > 0
  UNION ALL
  SELECT 'b:' || string_agg(CASE WHEN counted THEN w ELSE right(w, 3) END, ' ' ORDER BY n) FROM words WHERE n <= 2 HAVING count(*) > 0
  UNION ALL
  SELECT 'c:' || string_agg(DISTINCT c, '' ORDER BY c) FROM regexp_split_to_table(regexp_replace(core, '[aeiouy ]', '', 'g'), '') AS c
    WHERE c <> '' HAVING count(*) > 2
$$;

-- 0 to 1: how much alike two cores are. Names that count differently (Fund 2, Fund 3) are not.
CREATE FUNCTION name_likeness(one text, other text) RETURNS real LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT
SET search_path = pg_catalog, public AS $$
  SELECT CASE WHEN regexp_replace(one, '[^0-9]+', ' ', 'g') <> regexp_replace(other, '[^0-9]+', ' ', 'g') THEN 0
    ELSE greatest(similarity(one, other), similarity(replace(one, ' ', ''), replace(other, ' ', ''))) END
$$;

-- People's names come in both orders.
CREATE FUNCTION person_core(given text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT
SET search_path = pg_catalog, public AS $$
  SELECT coalesce(string_agg(w, ' ' ORDER BY w), '') FROM regexp_split_to_table(name_core(given, false), ' ') AS w
$$;

CREATE FUNCTION company_keys(company companies) RETURNS SETOF text LANGUAGE sql STABLE
SET search_path = pg_catalog, public AS $$
  SELECT DISTINCT k FROM name_keys(name_core(company.name, true)) AS k WHERE company.deleted_at IS NULL
$$;
CREATE FUNCTION contact_keys(contact contacts) RETURNS SETOF text LANGUAGE sql STABLE
SET search_path = pg_catalog, public AS $$
  SELECT k FROM name_keys(person_core(contact.name)) AS k WHERE contact.deleted_at IS NULL
  UNION
  SELECT 'e:' || e FROM unnest(contact.other_emails || contact.email) AS e WHERE e IS NOT NULL AND contact.deleted_at IS NULL
$$;

-- Once a statement and not once a row: an import writes many.
CREATE FUNCTION keep_company_keys() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    INSERT INTO record_keys (tenant_id, kind, key, record_id)
      SELECT c.tenant_id, 'company', k, c.id FROM new_rows c, company_keys(c::companies) AS k;
  ELSIF TG_OP = 'DELETE' THEN
    DELETE FROM record_keys r USING old_rows c WHERE r.tenant_id = c.tenant_id AND r.record_id = c.id;
  ELSE
    DELETE FROM record_keys r USING old_rows o JOIN new_rows c ON c.tenant_id = o.tenant_id AND c.id = o.id
      WHERE r.tenant_id = c.tenant_id AND r.record_id = c.id
        AND (c.name, c.deleted_at IS NULL) IS DISTINCT FROM (o.name, o.deleted_at IS NULL);
    INSERT INTO record_keys (tenant_id, kind, key, record_id)
      SELECT c.tenant_id, 'company', k, c.id FROM old_rows o JOIN new_rows c ON c.tenant_id = o.tenant_id AND c.id = o.id,
        company_keys(c::companies) AS k
      WHERE (c.name, c.deleted_at IS NULL) IS DISTINCT FROM (o.name, o.deleted_at IS NULL);
  END IF;
  RETURN NULL;
END $$;
CREATE FUNCTION keep_contact_keys() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    INSERT INTO record_keys (tenant_id, kind, key, record_id)
      SELECT c.tenant_id, 'contact', k, c.id FROM new_rows c, contact_keys(c::contacts) AS k;
  ELSIF TG_OP = 'DELETE' THEN
    DELETE FROM record_keys r USING old_rows c WHERE r.tenant_id = c.tenant_id AND r.record_id = c.id;
  ELSE
    DELETE FROM record_keys r USING old_rows o JOIN new_rows c ON c.tenant_id = o.tenant_id AND c.id = o.id
      WHERE r.tenant_id = c.tenant_id AND r.record_id = c.id
        AND (c.name, c.email, c.other_emails, c.deleted_at IS NULL)
          IS DISTINCT FROM (o.name, o.email, o.other_emails, o.deleted_at IS NULL);
    INSERT INTO record_keys (tenant_id, kind, key, record_id)
      SELECT c.tenant_id, 'contact', k, c.id FROM old_rows o JOIN new_rows c ON c.tenant_id = o.tenant_id AND c.id = o.id,
        contact_keys(c::contacts) AS k
      WHERE (c.name, c.email, c.other_emails, c.deleted_at IS NULL)
        IS DISTINCT FROM (o.name, o.email, o.other_emails, o.deleted_at IS NULL);
  END IF;
  RETURN NULL;
END $$;

-- What is there so far. The owner is bound by row-level security too and would see nothing.
ALTER TABLE companies NO FORCE ROW LEVEL SECURITY;
ALTER TABLE contacts NO FORCE ROW LEVEL SECURITY;
INSERT INTO record_keys (tenant_id, kind, key, record_id) SELECT c.tenant_id, 'company', k, c.id FROM companies c, company_keys(c) AS k;
INSERT INTO record_keys (tenant_id, kind, key, record_id) SELECT c.tenant_id, 'contact', k, c.id FROM contacts c, contact_keys(c) AS k;
ALTER TABLE companies FORCE ROW LEVEL SECURITY;
ALTER TABLE contacts FORCE ROW LEVEL SECURITY;
CALL protect_tenant_table('record_keys');

CREATE TRIGGER company_keys_of_new AFTER INSERT ON companies REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION keep_company_keys();
CREATE TRIGGER company_keys_of_changed AFTER UPDATE ON companies REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION keep_company_keys();
CREATE TRIGGER company_keys_of_gone AFTER DELETE ON companies REFERENCING OLD TABLE AS old_rows
  FOR EACH STATEMENT EXECUTE FUNCTION keep_company_keys();
CREATE TRIGGER contact_keys_of_new AFTER INSERT ON contacts REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION keep_contact_keys();
CREATE TRIGGER contact_keys_of_changed AFTER UPDATE ON contacts REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION keep_contact_keys();
CREATE TRIGGER contact_keys_of_gone AFTER DELETE ON contacts REFERENCING OLD TABLE AS old_rows
  FOR EACH STATEMENT EXECUTE FUNCTION keep_contact_keys();
