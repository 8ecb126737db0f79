-- The last call of a fund, and what was done to its commitments last: of many events of many investors a few are asked for.
CREATE INDEX position_events_of_calls ON position_events (tenant_id, fund_id, happened_on DESC) WHERE kind = 'called';
CREATE INDEX position_events_of_commitments ON position_events (tenant_id, fund_id, id DESC) WHERE source_kind = 'commitment';

CALL make_searchable('funds', $$
  SELECT r.tenant_id, 'fund'::text AS kind, r.id, NULL::uuid AS owner_id, r.name AS title,
    CASE WHEN r.legal_name = r.name THEN '' ELSE r.legal_name END AS subtitle, NULL::uuid AS parent_id, r.vintage::text AS body
  FROM CHANGED r$$);
-- By the names under which they pay too. Not by their contacts: those are written to, and no directory.
CALL make_searchable('investors', $$
  SELECT r.tenant_id, 'investor'::text AS kind, r.id, NULL::uuid AS owner_id, r.name AS title, r.code AS subtitle,
    NULL::uuid AS parent_id, array_to_string(r.payer_names, ' ') AS body
  FROM CHANGED r$$);
