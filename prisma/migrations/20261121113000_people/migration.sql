-- Companies, contacts and deals that are there twice: how they are found.

-- DropIndex
DROP INDEX "companies_by_name";

-- DropIndex
DROP INDEX "contacts_by_name";

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

-- Lists are in the order of a dictionary: not all capitals before all small letters, and É beside E.
CREATE INDEX companies_by_name ON companies (tenant_id, name COLLATE "und-x-icu", id);
CREATE INDEX contacts_by_name ON contacts (tenant_id, name COLLATE "und-x-icu", id);

-- A name as it is compared: plain, without punctuation; of a company also without the legal forms at its end. In plpgsql
-- and without a search path of its own, because imports do this for every row.
CREATE FUNCTION name_core(given text, of_company boolean) RETURNS text LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE STRICT AS $$
DECLARE
  whole text := btrim(regexp_replace(translate(public.plain_text(given), '.''’`´', ''), '[[:space:][:punct:]–—]+', ' ', 'g'));
  core text := whole;
  place int;
BEGIN
  IF NOT of_company THEN RETURN whole; END IF;
  LOOP
    place := strpos(reverse(core), ' ');
    EXIT WHEN place = 0 OR right(core, place - 1) <> ALL (ARRAY[
      'incorporated', 'inc', 'corporation', 'corp', 'company', 'co', 'llc', 'llp', 'lp', 'limited', 'ltd', 'plc', 'pty', 'pte',
      'pvt', 'private', 'public', 'gmbh', 'mbh', 'ggmbh', 'ag', 'se', 'kg', 'kgaa', 'ohg', 'gbr', 'ug', 'haftungsbeschrankt',
      'ev', 'bv', 'nv', 'vof', 'sa', 'sas', 'sasu', 'sarl', 'eurl', 'sci', 'sl', 'slu', 'spa', 'srl', 'snc', 'ab', 'as', 'asa',
      'aps', 'oy', 'oyj', 'kk', 'sro', 'sp', 'z', 'oo', 'zoo', 'spzoo', 'doo', 'kft', 'zrt', 'ltda', 'sab', 'sapi', 'bhd', 'sdn',
      'jsc', 'ooo']);
    core := left(core, -place);
  END LOOP;
  IF left(core, 4) = 'the ' THEN core := substr(core, 5); END IF;
  RETURN core;
END $$;

-- People's names come in both orders.
CREATE FUNCTION person_core(given text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT AS $$
  SELECT coalesce(string_agg(w, ' ' ORDER BY w COLLATE "C"), '') FROM string_to_table(public.name_core(given, false), ' ') AS w
$$;

-- What two likely names have in common whatever a typing finger did: the beginnings of their first words (a slip further
-- on), the ends of these (a slip at the beginning), or first letter and consonants (vowels, doubled or swapped letters).
CREATE FUNCTION name_keys(core text) RETURNS text[] LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE STRICT AS $$
DECLARE
  words text[] := string_to_array(core, ' ');
  word text;
  beginnings text := '';
  ends text := '';
  consonants text := '';
BEGIN
  IF core = '' THEN RETURN '{}'; END IF;
  FOREACH word IN ARRAY words[1:2] LOOP
    -- What is counted is not cut: 1017 is not 1018.
    beginnings := beginnings || ' ' || CASE WHEN word ~ '[0-9]' THEN word ELSE left(word, 3) END;
    ends := ends || ' ' || CASE WHEN word ~ '[0-9]' THEN word ELSE right(word, 3) END;
  END LOOP;
  FOREACH word IN ARRAY '{b,c,d,f,g,h,j,k,l,m,n,p,q,r,s,t,v,w,x,z}'::text[] LOOP
    IF strpos(core, word) > 0 THEN consonants := consonants || word; END IF;
  END LOOP;
  IF length(consonants) < 3 THEN RETURN ARRAY['a:' || beginnings, 'b:' || ends]; END IF;
  RETURN ARRAY['a:' || beginnings, 'b:' || ends, 'c:' || left(core, 1) || ':' || consonants];
END $$;

-- The same letters in another order within each word: two of them were swapped.
CREATE FUNCTION sorted_letters(core text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT AS $$
  SELECT string_agg((SELECT string_agg(c, '' ORDER BY c COLLATE "C") FROM regexp_split_to_table(w, '') AS c), ' ' ORDER BY n)
  FROM string_to_table(core, ' ') WITH ORDINALITY AS t(w, n)
$$;

-- 0 to 1: how much alike two cores are. Names that count differently (Fund 2, Fund 3) are not; two swapped letters,
-- which cost a short word half of its trigrams, are a slip.
CREATE FUNCTION name_likeness(one text, other text) RETURNS real LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT
SET search_path = pg_catalog, public AS $$
  SELECT CASE WHEN regexp_replace(one, '[^0-9]+', ' ', 'g') <> regexp_replace(other, '[^0-9]+', ' ', 'g') THEN 0
    ELSE greatest(similarity(one, other), similarity(replace(one, ' ', ''), replace(other, ' ', '')),
      CASE WHEN length(one) = length(other) AND length(one) > 4 AND left(one, 1) = left(other, 1)
        AND sorted_letters(one) = sorted_letters(other) THEN 0.8 ELSE 0 END) END
$$;

CREATE FUNCTION contact_keys(name text, email text, other_emails text[]) RETURNS text[] LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
DECLARE
  keys text[] := public.name_keys(public.person_core(name));
  address text;
BEGIN
  FOREACH address IN ARRAY other_emails || email LOOP
    IF address IS NOT NULL AND 'e:' || address <> ALL (keys) THEN keys := keys || ('e:' || address); END IF;
  END LOOP;
  RETURN keys;
END $$;

-- Once a statement and not once a row: an import writes many.
CREATE FUNCTION keep_company_keys() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    INSERT INTO record_keys (tenant_id, kind, key, record_id)
      SELECT c.tenant_id, 'company', k, c.id FROM new_rows c, unnest(name_keys(name_core(c.name, true))) AS k
      WHERE c.deleted_at IS NULL;
  ELSIF TG_OP = 'DELETE' THEN
    DELETE FROM record_keys r USING old_rows c WHERE r.tenant_id = c.tenant_id AND r.record_id = c.id;
  ELSE
    DELETE FROM record_keys r USING old_rows o JOIN new_rows c ON c.tenant_id = o.tenant_id AND c.id = o.id
      WHERE r.tenant_id = c.tenant_id AND r.record_id = c.id
        AND (c.name, c.deleted_at IS NULL) IS DISTINCT FROM (o.name, o.deleted_at IS NULL);
    INSERT INTO record_keys (tenant_id, kind, key, record_id)
      SELECT c.tenant_id, 'company', k, c.id FROM old_rows o JOIN new_rows c ON c.tenant_id = o.tenant_id AND c.id = o.id,
        unnest(name_keys(name_core(c.name, true))) AS k
      WHERE c.deleted_at IS NULL AND (c.name, c.deleted_at IS NULL) IS DISTINCT FROM (o.name, o.deleted_at IS NULL);
  END IF;
  RETURN NULL;
END $$;
CREATE FUNCTION keep_contact_keys() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    INSERT INTO record_keys (tenant_id, kind, key, record_id)
      SELECT c.tenant_id, 'contact', k, c.id FROM new_rows c, unnest(contact_keys(c.name, c.email, c.other_emails)) AS k
      WHERE c.deleted_at IS NULL;
  ELSIF TG_OP = 'DELETE' THEN
    DELETE FROM record_keys r USING old_rows c WHERE r.tenant_id = c.tenant_id AND r.record_id = c.id;
  ELSE
    DELETE FROM record_keys r USING old_rows o JOIN new_rows c ON c.tenant_id = o.tenant_id AND c.id = o.id
      WHERE r.tenant_id = c.tenant_id AND r.record_id = c.id
        AND (c.name, c.email, c.other_emails, c.deleted_at IS NULL)
          IS DISTINCT FROM (o.name, o.email, o.other_emails, o.deleted_at IS NULL);
    INSERT INTO record_keys (tenant_id, kind, key, record_id)
      SELECT c.tenant_id, 'contact', k, c.id FROM old_rows o JOIN new_rows c ON c.tenant_id = o.tenant_id AND c.id = o.id,
        unnest(contact_keys(c.name, c.email, c.other_emails)) AS k
      WHERE c.deleted_at IS NULL AND (c.name, c.email, c.other_emails, c.deleted_at IS NULL)
        IS DISTINCT FROM (o.name, o.email, o.other_emails, o.deleted_at IS NULL);
  END IF;
  RETURN NULL;
END $$;

-- What is there so far. The owner is bound by row-level security too and would see nothing.
ALTER TABLE companies NO FORCE ROW LEVEL SECURITY;
ALTER TABLE contacts NO FORCE ROW LEVEL SECURITY;
INSERT INTO record_keys (tenant_id, kind, key, record_id) SELECT c.tenant_id, 'company', k, c.id FROM companies c, unnest(name_keys(name_core(c.name, true))) AS k;
INSERT INTO record_keys (tenant_id, kind, key, record_id) SELECT c.tenant_id, 'contact', k, c.id FROM contacts c, unnest(contact_keys(c.name, c.email, c.other_emails)) AS k;
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
