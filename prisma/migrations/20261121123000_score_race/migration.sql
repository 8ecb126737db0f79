-- A deal that comes to a company or a contact is scored with what is committed of it. Whoever changes what is scored holds
-- the company's or contact's row FOR UPDATE until the scores of its deals are written: the newcomer either waits for that
-- and reads what it left, or is waited for and scored anew with the others. The lock is the one that the foreign key takes
-- at the end of the same statement, taken before the row is read: no lock is added, and no order of locks changed.
--
-- A deal that stays where it is takes none: its own row is held while it is scored, and the other waits for that. To wait
-- here for whoever waits there would be a circle.
CREATE OR REPLACE FUNCTION keep_deal() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE
  came_to_company boolean := NEW.company_id IS NOT NULL AND (TG_OP = 'INSERT' OR NEW.company_id IS DISTINCT FROM OLD.company_id);
  came_to_contact boolean := NEW.contact_id IS NOT NULL AND (TG_OP = 'INSERT' OR NEW.contact_id IS DISTINCT FROM OLD.contact_id);
  company record;
  contact record;
  fit record;
BEGIN
  IF TG_OP = 'INSERT' OR NEW.stage <> OLD.stage THEN
    IF TG_OP = 'INSERT' THEN
      NEW.stage_entered_at := coalesce(NEW.closed_at, NEW.created_at);
    ELSE
      NEW.stage_entered_at := NEW.updated_at;
    END IF;
    IF NEW.stage IN ('QUALIFIED', 'NEGOTIATION', 'CLOSED_WON') THEN
      NEW.qualified_at := coalesce(NEW.qualified_at, NEW.stage_entered_at);
    END IF;
    IF NEW.stage IN ('NEGOTIATION', 'CLOSED_WON') THEN
      NEW.negotiated_at := coalesce(NEW.negotiated_at, NEW.stage_entered_at);
    END IF;
  END IF;
  IF TG_OP = 'INSERT'
    OR (NEW.value, NEW.priority, NEW.lead_source, NEW.expected_close_date, NEW.tags, NEW.company_id, NEW.contact_id, NEW.fit_score)
      IS DISTINCT FROM
      (OLD.value, OLD.priority, OLD.lead_source, OLD.expected_close_date, OLD.tags, OLD.company_id, OLD.contact_id, OLD.fit_score)
    OR NEW.score_reasons IS DISTINCT FROM OLD.score_reasons
  THEN
    IF came_to_company THEN
      SELECT c.size INTO company FROM companies c WHERE c.tenant_id = NEW.tenant_id AND c.id = NEW.company_id FOR KEY SHARE;
    ELSE
      SELECT c.size INTO company FROM companies c WHERE c.tenant_id = NEW.tenant_id AND c.id = NEW.company_id;
    END IF;
    IF came_to_contact THEN
      SELECT k.email, k.title, k.consent INTO contact FROM contacts k WHERE k.tenant_id = NEW.tenant_id AND k.id = NEW.contact_id
        FOR KEY SHARE;
    ELSE
      SELECT k.email, k.title, k.consent INTO contact FROM contacts k WHERE k.tenant_id = NEW.tenant_id AND k.id = NEW.contact_id;
    END IF;
    fit := deal_fit(NEW.value, NEW.priority, NEW.lead_source, NEW.expected_close_date, NEW.tags, NEW.company_id IS NOT NULL,
      company.size, NEW.contact_id IS NOT NULL, contact.email, contact.title, contact.consent);
    NEW.fit_score := fit.score;
    -- What a person or a machine saw the other side do has a time; the ten latest are kept.
    IF NEW.score_reasons = '[]' THEN
      NEW.score_reasons := fit.reasons;
    ELSE
      NEW.score_reasons := fit.reasons || coalesce((
        SELECT jsonb_agg(s.r ORDER BY s.r->>'at') FROM (
          SELECT r FROM jsonb_path_query(NEW.score_reasons, '$[*] ? (exists (@.at))') r ORDER BY r->>'at' DESC LIMIT 10) s), '[]');
    END IF;
  END IF;
  NEW.lead_score := least(100, greatest(0, NEW.fit_score + round(decayed_engagement(NEW.engagement, NEW.engagement_at, now()))));
  RETURN NEW;
END $$;
