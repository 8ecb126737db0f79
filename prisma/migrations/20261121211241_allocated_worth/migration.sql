-- What is allocated of a deal and not called for yet: the deal may be re-opened, but does not become worth less. Allocations from before
-- have no row here: a reconciliation names a deal that has become too small for them.
ALTER TABLE "deal_holds" ADD COLUMN "at_least" DECIMAL(18,2);

CREATE OR REPLACE FUNCTION keep_held_deal() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM public.deal_holds WHERE tenant_id = NEW.tenant_id AND deal_id = NEW.id
      AND (at_least IS NULL OR NEW.deleted_at IS DISTINCT FROM OLD.deleted_at)) THEN
    RAISE EXCEPTION 'deal % is held', NEW.id
      USING ERRCODE = 'check_violation', CONSTRAINT = 'deals_held', TABLE = 'deals';
  END IF;
  RETURN NEW;
END $$;
