-- Less work for each deal that is written, alone or among a thousand. The rules are what they were. docs/adr/0013 has the figures.

-- A firm without an endpoint, as most are: one look instead of a join that is set up to find nothing, at every event.
CREATE OR REPLACE FUNCTION events_to_webhooks() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM webhook_endpoints w WHERE w.tenant_id IN (SELECT e.tenant_id FROM fresh e)) THEN
    RETURN NULL;
  END IF;
  INSERT INTO webhook_messages (tenant_id, id, endpoint_id, event_seq, type, body, next_attempt_at)
  SELECT e.tenant_id, uuidv7(), w.id, e.seq, e.type,
    json_build_object('type', e.type, 'timestamp', iso_instant(e.created_at),
      'data', e.data || webhook_record(e.tenant_id, e.type, e.data))::text,
    now()
  FROM fresh e
  JOIN webhook_endpoints w ON w.tenant_id = e.tenant_id AND e.type = ANY (w.event_types)
  WHERE (w.disabled_at IS NULL OR w.disabled_reason = 'paused')
    AND NOT (e.type = 'lead.received' AND e.data->>'dealId' IS NULL)
  ORDER BY e.seq
  ON CONFLICT (tenant_id, endpoint_id, event_seq) DO NOTHING;
  RETURN NULL;
END $$;

-- What a company and a contact give to the fit of a deal, as the reasons say it. Without a search path, so that they become
-- part of the expressions that ask for them.
CREATE FUNCTION company_is_large(size text) RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT size IN ('201-500', '501-1000', '1001-5000', '5001+')
$$;
CREATE FUNCTION mail_points(email text) RETURNS int LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE WHEN email IS NULL THEN 0
    WHEN email ~* '@(gmail|googlemail|outlook|hotmail|live|yahoo|icloud|gmx|web|aol|proton|protonmail|mail)\.' THEN -5
    ELSE 10 END
$$;
CREATE FUNCTION is_decision_maker(title text) RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT title ~* '\m(ceo|cfo|coo|cto|cmo|chief|founder|owner|partner|president|director|vp|vice president|head|geschäftsführer|directeur)\M'
$$;

-- The same points and reasons in the same order, in two expressions instead of thirty: each is set up anew in every transaction.
DROP FUNCTION deal_fit;
CREATE FUNCTION deal_fit(
  value numeric, priority "DealPriority", lead_source text, close_date date, tags text[], has_company boolean,
  is_large boolean, has_contact boolean, mail int, decides boolean, withdrawn boolean,
  OUT score int, OUT reasons jsonb)
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
DECLARE
  source CONSTANT int := CASE WHEN lead_source ~* 'referral|partner|empfehlung|recommandation|referido' THEN 10
    WHEN lead_source ~* 'inbound|website|webinar|content|event|conference|messe' THEN 5 ELSE 0 END;
BEGIN
  score := least(50, greatest(0, mail + source
    + CASE WHEN has_company THEN CASE WHEN is_large THEN 15 ELSE 10 END ELSE 0 END
    + CASE WHEN has_contact THEN 5 ELSE 0 END
    + CASE WHEN decides THEN 10 ELSE 0 END
    + CASE WHEN value > 0 THEN 5 ELSE 0 END
    + CASE WHEN close_date IS NOT NULL THEN 5 ELSE 0 END
    + CASE priority WHEN 'URGENT' THEN 5 WHEN 'HIGH' THEN 3 ELSE 0 END
    - CASE WHEN withdrawn THEN 10 ELSE 0 END
    - CASE WHEN 'competitor' = ANY (tags) THEN 20 ELSE 0 END));
  reasons := ('[' || substr(
    CASE WHEN has_company THEN ',{"points":10,"reason":"company_known"}' ELSE '' END
    || CASE WHEN has_company AND is_large THEN ',{"points":5,"reason":"company_is_large"}' ELSE '' END
    || CASE WHEN has_contact THEN ',{"points":5,"reason":"contact_known"}' ELSE '' END
    || CASE mail WHEN 0 THEN '' WHEN -5 THEN ',{"points":-5,"reason":"personal_mail_domain"}'
         ELSE ',{"points":10,"reason":"business_mail_domain"}' END
    || CASE WHEN decides THEN ',{"points":10,"reason":"decision_maker"}' ELSE '' END
    || CASE source WHEN 0 THEN '' WHEN 5 THEN ',{"points":5,"reason":"came_by_itself"}'
         ELSE ',{"points":10,"reason":"came_by_referral"}' END
    || CASE WHEN value > 0 THEN ',{"points":5,"reason":"value_known"}' ELSE '' END
    || CASE WHEN close_date IS NOT NULL THEN ',{"points":5,"reason":"close_date_known"}' ELSE '' END
    || CASE priority WHEN 'URGENT' THEN ',{"points":5,"reason":"urgent"}'
         WHEN 'HIGH' THEN ',{"points":3,"reason":"high_priority"}' ELSE '' END
    || CASE WHEN withdrawn THEN ',{"points":-10,"reason":"unsubscribed"}' ELSE '' END
    || CASE WHEN 'competitor' = ANY (tags) THEN ',{"points":-20,"reason":"competitor"}' ELSE '' END,
    2) || ']')::jsonb;
END $$;

-- A deal that stays with its company and its contact is not asked about them again: what they give stands in its reasons.
-- It is of now: who changes a company or a contact asks, in the same transaction, for the scores of their deals
-- (fit_score + 1), waits for the deal's row if somebody holds it, and is then scored by what it has written; and whoever
-- waited for that row reads the reasons that it has now. The locks of what comes are those of the migration score_race.
CREATE OR REPLACE FUNCTION keep_deal() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  is_new CONSTANT boolean := TG_OP = 'INSERT';
  comes CONSTANT boolean := is_new OR (NEW.company_id, NEW.contact_id) IS DISTINCT FROM (OLD.company_id, OLD.contact_id);
  is_large boolean;
  mail int := 0;
  decides boolean;
  withdrawn boolean;
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
    IF NOT comes AND (NEW.fit_score, NEW.score_reasons) IS NOT DISTINCT FROM (OLD.fit_score, OLD.score_reasons) THEN
      is_large := OLD.score_reasons @> '[{"reason":"company_is_large"}]';
      mail := CASE WHEN OLD.score_reasons @> '[{"reason":"business_mail_domain"}]' THEN 10
        WHEN OLD.score_reasons @> '[{"reason":"personal_mail_domain"}]' THEN -5 ELSE 0 END;
      decides := OLD.score_reasons @> '[{"reason":"decision_maker"}]';
      -- Somebody may also have seen them unsubscribe, which has its time.
      withdrawn := jsonb_path_exists(OLD.score_reasons, '$[*] ? (@.reason == "unsubscribed" && !exists(@.at))');
    ELSE
      IF NEW.company_id IS NULL THEN
        NULL;
      ELSIF is_new OR NEW.company_id IS DISTINCT FROM OLD.company_id THEN
        SELECT public.company_is_large(c.size) INTO is_large FROM public.companies c
          WHERE c.tenant_id = NEW.tenant_id AND c.id = NEW.company_id FOR KEY SHARE;
      ELSE
        SELECT public.company_is_large(c.size) INTO is_large FROM public.companies c
          WHERE c.tenant_id = NEW.tenant_id AND c.id = NEW.company_id;
      END IF;
      IF NEW.contact_id IS NULL THEN
        NULL;
      ELSIF is_new OR NEW.contact_id IS DISTINCT FROM OLD.contact_id THEN
        SELECT public.mail_points(k.email), public.is_decision_maker(k.title), k.consent = 'WITHDRAWN'
          INTO mail, decides, withdrawn FROM public.contacts k
          WHERE k.tenant_id = NEW.tenant_id AND k.id = NEW.contact_id FOR KEY SHARE;
      ELSE
        SELECT public.mail_points(k.email), public.is_decision_maker(k.title), k.consent = 'WITHDRAWN'
          INTO mail, decides, withdrawn FROM public.contacts k
          WHERE k.tenant_id = NEW.tenant_id AND k.id = NEW.contact_id;
      END IF;
    END IF;
    fit := public.deal_fit(NEW.value, NEW.priority, NEW.lead_source, NEW.expected_close_date, NEW.tags,
      NEW.company_id IS NOT NULL, is_large, NEW.contact_id IS NOT NULL, coalesce(mail, 0), decides, withdrawn);
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

-- The audit rows of a bulk change come as columns and not as one document, which took a third of the time of chaining them.
-- `befores` and `afters`: JSON, a line each, an empty one for nothing. The rest is that of the migration bulk.
DROP FUNCTION chain_audit_entries(json);
CREATE FUNCTION chain_audit_entries(actor_ids uuid[], actor_kinds text[], impersonator_ids uuid[], actions text[], subjects text[],
  subject_ids uuid[], befores text, afters text, request_ids text[], addresses text[]) RETURNS void
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
      FROM unnest(actor_ids, actor_kinds, impersonator_ids, actions, subjects, subject_ids,
        string_to_array(befores, E'\n', '')::json[], string_to_array(afters, E'\n', '')::json[], request_ids, addresses)
        WITH ORDINALITY AS g(actor_id, actor_kind, impersonator_id, action, subject, subject_id, before, after, request_id,
          address, n)
    ) e
  ) c
  ORDER BY c.seq;
END $$;
REVOKE EXECUTE ON FUNCTION chain_audit_entries FROM PUBLIC;
GRANT EXECUTE ON FUNCTION chain_audit_entries TO app_tenant;
