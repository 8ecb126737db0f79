-- AlterTable
ALTER TABLE "capital_calls" ADD COLUMN     "overcalls_component_id" UUID;

-- AlterTable
ALTER TABLE "capital_call_lines" ADD COLUMN     "interest_through" DATE,
ADD COLUMN     "late_interest" DECIMAL(18,2) NOT NULL DEFAULT 0;

-- CreateIndex
CREATE INDEX "capital_calls_for_a_component" ON "capital_calls"("tenant_id", "overcalls_component_id");

-- CreateIndex
CREATE INDEX "call_components_of_a_deal" ON "call_components"("tenant_id", "deal_id");

ALTER TABLE capital_call_lines ADD CONSTRAINT capital_call_lines_late_interest CHECK (late_interest BETWEEN 0 AND outside);

-- A won deal on which another desk has built stays won. Whoever moves it reads the holds before it gets the row: a hold that was
-- written while it waited is seen here only, because each question of a trigger sees what is committed by then.
CREATE FUNCTION keep_held_deal() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM public.deal_holds WHERE tenant_id = NEW.tenant_id AND deal_id = NEW.id) THEN
    RAISE EXCEPTION 'deal % is held', NEW.id
      USING ERRCODE = 'check_violation', CONSTRAINT = 'deals_held', TABLE = 'deals';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER deal_held BEFORE UPDATE OF stage, deleted_at ON deals FOR EACH ROW
  WHEN (OLD.stage = 'CLOSED_WON' AND NEW.stage <> OLD.stage OR OLD.deleted_at IS NULL AND NEW.deleted_at IS NOT NULL)
  EXECUTE FUNCTION keep_held_deal();
