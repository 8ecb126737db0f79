-- What a firm asks its agents to write is found by the brief: the title of the draft, the topic, who it is for and its
-- keywords. Not by the draft itself: some hundred words more for each, and a reviewer's portal is where drafts are read.
CALL make_searchable('activities', $$
  SELECT r.tenant_id, 'activity'::text AS kind, r.id, r.requested_by_id AS owner_id, r.title,
    CASE WHEN r.topic = r.title THEN '' ELSE r.topic END AS subtitle, NULL::uuid AS parent_id,
    r.audience || ' ' || coalesce(array_to_string(r.keywords, ' '), '') AS body
  FROM CHANGED r$$);
