-- A deal without a company, or without a contact, asks for neither: each question for a row with the id null was planned
-- anew, because a plan that looks for nothing is always the cheaper one, and that took longer than all else the trigger
-- does. The rules, and what is locked, are those of the migrations bulk and score_race.
CREATE OR REPLACE FUNCTION keep_deal() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  is_new CONSTANT boolean := TG_OP = 'INSERT';
  comes CONSTANT boolean := is_new OR (NEW.company_id, NEW.contact_id) IS DISTINCT FROM (OLD.company_id, OLD.contact_id);
  company_size text;
  mail text;
  job text;
  agreed public."ConsentState";
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
    IF NOT comes AND NEW.company_id IS NOT NULL AND NEW.contact_id IS NOT NULL THEN
      SELECT c.size, k.email, k.title, k.consent INTO company_size, mail, job, agreed
      FROM (SELECT) nothing
      LEFT JOIN public.companies c ON c.tenant_id = NEW.tenant_id AND c.id = NEW.company_id
      LEFT JOIN public.contacts k ON k.tenant_id = NEW.tenant_id AND k.id = NEW.contact_id;
    ELSE
      IF NEW.company_id IS NULL THEN
        NULL;
      ELSIF is_new OR NEW.company_id IS DISTINCT FROM OLD.company_id THEN
        SELECT c.size INTO company_size FROM public.companies c WHERE c.tenant_id = NEW.tenant_id AND c.id = NEW.company_id
          FOR KEY SHARE;
      ELSE
        SELECT c.size INTO company_size FROM public.companies c WHERE c.tenant_id = NEW.tenant_id AND c.id = NEW.company_id;
      END IF;
      IF NEW.contact_id IS NULL THEN
        NULL;
      ELSIF is_new OR NEW.contact_id IS DISTINCT FROM OLD.contact_id THEN
        SELECT k.email, k.title, k.consent INTO mail, job, agreed FROM public.contacts k
          WHERE k.tenant_id = NEW.tenant_id AND k.id = NEW.contact_id FOR KEY SHARE;
      ELSE
        SELECT k.email, k.title, k.consent INTO mail, job, agreed FROM public.contacts k
          WHERE k.tenant_id = NEW.tenant_id AND k.id = NEW.contact_id;
      END IF;
    END IF;
    fit := public.deal_fit(NEW.value, NEW.priority, NEW.lead_source, NEW.expected_close_date, NEW.tags,
      NEW.company_id IS NOT NULL, company_size, NEW.contact_id IS NOT NULL, mail, job, agreed);
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

-- What is open, by the day on which it is expected: the list of one stage reads its own deals and not those of all three.
DROP INDEX deals_open_by_close_date;
CREATE INDEX deals_open_by_close_date ON deals (tenant_id, stage, expected_close_date, id) INCLUDE (currency, value, probability, owner_id)
  WHERE stage IN ('LEAD', 'QUALIFIED', 'NEGOTIATION') AND deleted_at IS NULL;
