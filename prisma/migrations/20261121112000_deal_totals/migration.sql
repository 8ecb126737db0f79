-- AlterTable
ALTER TABLE "deal_totals" DROP CONSTRAINT "deal_totals_pkey",
ADD COLUMN     "cycle_seconds" BIGINT NOT NULL,
ADD COLUMN     "lost_reason" TEXT NOT NULL,
ADD COLUMN     "negotiated" BIGINT NOT NULL,
ADD COLUMN     "qualified" BIGINT NOT NULL,
ADD CONSTRAINT "deal_totals_pkey" PRIMARY KEY ("tenant_id", "stage", "currency", "owner_id", "lead_source", "close_month", "closed_month", "lost_reason");

-- AlterTable
ALTER TABLE "deal_total_changes" ADD COLUMN     "created_month" DATE NOT NULL,
ADD COLUMN     "cycle_seconds" BIGINT NOT NULL,
ADD COLUMN     "lost_reason" TEXT NOT NULL,
ADD COLUMN     "negotiated_month" DATE NOT NULL,
ADD COLUMN     "qualified_month" DATE NOT NULL;

-- CreateTable
CREATE TABLE "deal_cohorts" (
    "tenant_id" UUID NOT NULL,
    "entered" "DealStage" NOT NULL,
    "month" DATE NOT NULL,
    "owner_id" UUID NOT NULL,
    "lead_source" TEXT NOT NULL,
    "count" BIGINT NOT NULL,
    "qualified" BIGINT NOT NULL,
    "negotiated" BIGINT NOT NULL,
    "won" BIGINT NOT NULL,

    CONSTRAINT "deal_cohorts_pkey" PRIMARY KEY ("tenant_id","entered","month","owner_id","lead_source")
);
-- From here on by hand: what the schema language cannot say.

CALL protect_tenant_table('deal_cohorts');

-- Rows come and go all the time; what is left of them must not be read for long.
ALTER TABLE deal_total_changes SET (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000);
-- What the fold has brought to nothing is taken away by it.
CREATE INDEX deal_totals_emptied ON deal_totals (tenant_id) WHERE count = 0;
CREATE INDEX deal_cohorts_emptied ON deal_cohorts (tenant_id) WHERE count = 0;

-- The days at the edges of a period that are no whole month of UTC, and what is overdue within this month.
CREATE INDEX deals_by_qualification ON deals (tenant_id, qualified_at)
  INCLUDE (stage, negotiated_at, owner_id, lead_source) WHERE qualified_at IS NOT NULL AND deleted_at IS NULL;
CREATE INDEX deals_by_negotiation ON deals (tenant_id, negotiated_at)
  INCLUDE (stage, qualified_at, owner_id, lead_source) WHERE negotiated_at IS NOT NULL AND deleted_at IS NULL;
CREATE INDEX deals_open_by_close_date ON deals (tenant_id, expected_close_date)
  INCLUDE (stage, currency, value, probability, owner_id)
  WHERE stage IN ('LEAD', 'QUALIFIED', 'NEGOTIATION') AND deleted_at IS NULL;

-- No month is the year 9999: a date that Prisma and JavaScript can hold, which `infinity` is not.
CREATE FUNCTION month_of(moment timestamptz) RETURNS date LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT coalesce(date_trunc('month', moment AT TIME ZONE 'UTC')::date, DATE '9999-01-01')
$$;

-- Deals that count, as signed rows: each with a column `n` that says whether it comes (1) or goes (-1). Deals of one
-- statement that are alike make one row, and what comes as it goes makes none: a statement that changes no number
-- appends nothing. The text is the same for new, changed, deleted and present deals, and so is written once.
DO $outer$
DECLARE
  append CONSTANT text := $append$
    INSERT INTO deal_total_changes (tenant_id, id, stage, currency, owner_id, lead_source, close_month, closed_month, lost_reason,
      created_month, qualified_month, negotiated_month, count, value, score, own_value, own_weighted, cycle_seconds)
    SELECT tenant_id, uuidv7(), stage, currency, coalesce(owner_id, '00000000-0000-0000-0000-000000000000'),
      coalesce(lead_source, ''),
      CASE WHEN closed_at IS NULL THEN coalesce(date_trunc('month', expected_close_date)::date, '9999-01-01') ELSE '9999-01-01' END,
      month_of(closed_at), CASE WHEN stage = 'CLOSED_LOST' THEN left(lost_reason, 120) ELSE '' END,
      month_of(created_at), month_of(qualified_at), month_of(negotiated_at),
      sum(n), sum(n * value), sum(n * lead_score),
      coalesce(sum(n * value) FILTER (WHERE probability IS NOT NULL), 0),
      coalesce(sum(n * value * probability) FILTER (WHERE probability IS NOT NULL), 0),
      coalesce(sum(n * greatest(0, extract(epoch FROM closed_at - created_at))::bigint) FILTER (WHERE stage = 'CLOSED_WON'), 0)
    FROM (%s) d WHERE deleted_at IS NULL
    GROUP BY 1, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12
    HAVING sum(n) <> 0 OR sum(n * value) <> 0 OR sum(n * lead_score) <> 0
      OR coalesce(sum(n * value) FILTER (WHERE probability IS NOT NULL), 0) <> 0
      OR coalesce(sum(n * value * probability) FILTER (WHERE probability IS NOT NULL), 0) <> 0
      OR coalesce(sum(n * greatest(0, extract(epoch FROM closed_at - created_at))::bigint) FILTER (WHERE stage = 'CLOSED_WON'), 0) <> 0
  $append$;
  body CONSTANT text := 'CREATE FUNCTION %I() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $body$ BEGIN %s; RETURN NULL; END $body$';
BEGIN
  EXECUTE format(body, 'add_deal_totals', format(append, 'SELECT 1 AS n, d.* FROM come d'));
  EXECUTE format(body, 'change_deal_totals', format(append, 'SELECT 1 AS n, d.* FROM come d UNION ALL SELECT -1, d.* FROM gone d'));
  EXECUTE format(body, 'take_deal_totals', format(append, 'SELECT -1 AS n, d.* FROM gone d'));

  -- What is there so far. The owner is bound by row-level security too and would see and write nothing.
  ALTER TABLE deals NO FORCE ROW LEVEL SECURITY;
  ALTER TABLE deal_total_changes NO FORCE ROW LEVEL SECURITY;
  EXECUTE format(append, 'SELECT 1 AS n, d.* FROM deals d');
  ALTER TABLE deals FORCE ROW LEVEL SECURITY;
  ALTER TABLE deal_total_changes FORCE ROW LEVEL SECURITY;
END $outer$;

CREATE TRIGGER deal_totals_added AFTER INSERT ON deals REFERENCING NEW TABLE AS come
  FOR EACH STATEMENT EXECUTE FUNCTION add_deal_totals();
CREATE TRIGGER deal_totals_changed AFTER UPDATE ON deals REFERENCING OLD TABLE AS gone NEW TABLE AS come
  FOR EACH STATEMENT EXECUTE FUNCTION change_deal_totals();
CREATE TRIGGER deal_totals_taken AFTER DELETE ON deals REFERENCING OLD TABLE AS gone
  FOR EACH STATEMENT EXECUTE FUNCTION take_deal_totals();
