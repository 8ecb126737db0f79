-- Few deals have any engagement at a time; the daily refresh of their scores looks at those only, in the order of ids.
CREATE INDEX deals_that_cool_down ON deals (tenant_id, id)
  WHERE engagement > 0 AND deleted_at IS NULL AND stage IN ('LEAD', 'QUALIFIED', 'NEGOTIATION');
