-- No two deals are alike in these, which end with the id: to look for entries that are finds versions of one deal, which are
-- removed without it.
ALTER INDEX deals_pkey SET (deduplicate_items = off);
ALTER INDEX deals_newest_first SET (deduplicate_items = off);
ALTER INDEX deals_in_a_stage_newest_first SET (deduplicate_items = off);
ALTER INDEX deals_in_a_stage_by_value SET (deduplicate_items = off);
ALTER INDEX deals_in_a_stage_by_score SET (deduplicate_items = off);
ALTER INDEX deals_by_value SET (deduplicate_items = off);
ALTER INDEX deals_by_score SET (deduplicate_items = off);
ALTER INDEX deals_by_close_date SET (deduplicate_items = off);
ALTER INDEX deals_last_changed_first SET (deduplicate_items = off);
ALTER INDEX deals_of_an_owner_newest_first SET (deduplicate_items = off);
ALTER INDEX deals_of_a_company SET (deduplicate_items = off);
ALTER INDEX deals_of_a_contact SET (deduplicate_items = off);
