-- Webhooks out: an event and the messages that tell of it commit together, so that each endpoint gets each event once.

-- What waits, per endpoint: a long queue of one is not walked through to find another's.
CREATE INDEX webhook_messages_waiting ON webhook_messages (tenant_id, endpoint_id, next_attempt_at) WHERE state = 'PENDING';
CREATE INDEX webhook_messages_by_age ON webhook_messages (created_at);

-- Limits of forms: how often a visitor's address and a key came lately. Held ones are shown and decided about.
CREATE INDEX lead_submissions_of_a_visitor ON lead_submissions (tenant_id, address, created_at) WHERE address IS NOT NULL;
CREATE INDEX lead_submissions_of_a_key ON lead_submissions (tenant_id, api_key_id, created_at) WHERE api_key_id IS NOT NULL;
CREATE INDEX lead_submissions_by_age ON lead_submissions (created_at);

CREATE FUNCTION iso_instant(given timestamptz) RETURNS text LANGUAGE sql STABLE PARALLEL SAFE SET search_path = pg_catalog AS $$
  SELECT to_char(given AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
$$;

-- The deal as the API shows it in a list (`dealView`); webhooks.int.test.ts compares the two.
CREATE FUNCTION webhook_deal(tenant uuid, deal uuid) RETURNS json LANGUAGE sql STABLE SET search_path = pg_catalog, public AS $$
  SELECT json_build_object(
    'id', d.id, 'title', d.title, 'value', d.value::text, 'currency', d.currency, 'stage', d.stage,
    'priority', d.priority, 'probability', d.probability, 'leadScore', d.lead_score, 'leadSource', d.lead_source,
    'owner', CASE WHEN o.id IS NOT NULL THEN json_build_object('id', o.id, 'name', o.name) END,
    'company', CASE WHEN c.id IS NOT NULL THEN json_build_object('id', c.id, 'name', c.name, 'domain', c.domain) END,
    'contact', CASE WHEN k.id IS NOT NULL THEN json_build_object('id', k.id, 'name', k.name, 'email', k.email) END,
    'expectedCloseDate', d.expected_close_date, 'stageEnteredAt', iso_instant(d.stage_entered_at),
    'closedAt', iso_instant(d.closed_at), 'lostReason', d.lost_reason, 'notes', d.notes, 'tags', d.tags,
    'custom', d.custom, 'version', d.version, 'createdAt', iso_instant(d.created_at),
    'updatedAt', iso_instant(d.updated_at), 'deletedAt', iso_instant(d.deleted_at))
  FROM deals d
  LEFT JOIN members o ON o.tenant_id = d.tenant_id AND o.id = d.owner_id
  LEFT JOIN companies c ON c.tenant_id = d.tenant_id AND c.id = d.company_id
  LEFT JOIN contacts k ON k.tenant_id = d.tenant_id AND k.id = d.contact_id
  WHERE d.tenant_id = tenant AND d.id = deal
$$;

CREATE FUNCTION webhook_company(tenant uuid, company uuid) RETURNS json LANGUAGE sql STABLE SET search_path = pg_catalog, public AS $$
  SELECT json_build_object('id', c.id, 'name', c.name, 'domain', c.domain, 'industry', c.industry, 'size', c.size,
    'country', c.country, 'ownerId', c.owner_id, 'tags', c.tags, 'version', c.version,
    'createdAt', iso_instant(c.created_at), 'updatedAt', iso_instant(c.updated_at), 'deletedAt', iso_instant(c.deleted_at))
  FROM companies c WHERE c.tenant_id = tenant AND c.id = company
$$;

CREATE FUNCTION webhook_contact(tenant uuid, contact uuid) RETURNS json LANGUAGE sql STABLE SET search_path = pg_catalog, public AS $$
  SELECT json_build_object('id', k.id, 'name', k.name, 'email', k.email, 'otherEmails', k.other_emails, 'phones', k.phones,
    'title', k.title, 'source', k.source, 'consent', k.consent, 'consentAt', iso_instant(k.consent_at),
    'companyId', k.company_id, 'ownerId', k.owner_id, 'tags', k.tags, 'version', k.version,
    'createdAt', iso_instant(k.created_at), 'updatedAt', iso_instant(k.updated_at), 'deletedAt', iso_instant(k.deleted_at))
  FROM contacts k WHERE k.tenant_id = tenant AND k.id = contact
$$;

-- What stands beside the event's own data: the record as this transaction leaves it.
CREATE FUNCTION webhook_record(tenant uuid, type text, data jsonb) RETURNS jsonb LANGUAGE sql STABLE SET search_path = pg_catalog, public AS $$
  SELECT CASE
    WHEN type LIKE 'deal.%' THEN jsonb_build_object('deal', webhook_deal(tenant, (data->>'dealId')::uuid))
    WHEN type = 'company.changed' THEN jsonb_build_object('company', webhook_company(tenant, (data->>'companyId')::uuid))
    WHEN type = 'contact.changed' THEN jsonb_build_object('contact', webhook_contact(tenant, (data->>'contactId')::uuid))
    WHEN type = 'lead.received' THEN jsonb_build_object(
      'deal', webhook_deal(tenant, (data->>'dealId')::uuid),
      'lead', coalesce((SELECT s.payload FROM lead_submissions s
        WHERE s.tenant_id = tenant AND s.id = (data->>'submissionId')::uuid), '{}'))
    ELSE '{}' END
$$;

-- A paused endpoint's messages wait; one that was given up gets none. What is held as spam is nobody's lead yet.
CREATE FUNCTION events_to_webhooks() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
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
CREATE TRIGGER event_told_outside AFTER INSERT ON events REFERENCING NEW TABLE AS fresh
  FOR EACH STATEMENT EXECUTE FUNCTION events_to_webhooks();
