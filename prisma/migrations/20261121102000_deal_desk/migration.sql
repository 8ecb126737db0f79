-- Kept until the new column is there: one phone becomes the first of several.
ALTER TABLE contacts NO FORCE ROW LEVEL SECURITY;
CREATE TEMP TABLE former_phones ON COMMIT DROP AS SELECT tenant_id, id, phone FROM contacts WHERE phone IS NOT NULL;

-- CreateEnum
CREATE TYPE "ConsentState" AS ENUM ('UNKNOWN', 'GIVEN', 'WITHDRAWN');

-- CreateEnum
CREATE TYPE "CustomFieldType" AS ENUM ('TEXT', 'NUMBER', 'DATE', 'BOOLEAN', 'CHOICE');

-- CreateEnum
CREATE TYPE "RecordKind" AS ENUM ('DEAL', 'COMPANY', 'CONTACT');

-- CreateEnum
CREATE TYPE "TimelineKind" AS ENUM ('NOTE', 'CALL', 'EMAIL', 'MEETING', 'SIGNAL');

-- CreateEnum
CREATE TYPE "ExportState" AS ENUM ('QUEUED', 'RUNNING', 'SUCCEEDED', 'FAILED', 'EXPIRED');

-- CreateEnum
CREATE TYPE "DeliveryState" AS ENUM ('PENDING', 'DELIVERED', 'FAILED');

-- CreateEnum
CREATE TYPE "SubmissionState" AS ENUM ('ACCEPTED', 'HELD', 'DISCARDED');

-- AlterEnum
ALTER TYPE "ImportState" ADD VALUE 'REVERTED';

-- DropIndex
DROP INDEX "companies_by_name";

-- DropIndex
DROP INDEX "companies_by_domain";

-- DropIndex
DROP INDEX "contacts_by_email";

-- DropIndex
DROP INDEX "deals_by_import_key";

-- AlterTable
ALTER TABLE "tenants" ADD COLUMN     "members_see_all" BOOLEAN NOT NULL DEFAULT true;

-- AlterTable
ALTER TABLE "companies" ADD COLUMN     "country" CHAR(2),
ADD COLUMN     "deleted_at" TIMESTAMPTZ(3),
ADD COLUMN     "deleted_by_id" UUID,
ADD COLUMN     "import_key" TEXT,
ADD COLUMN     "industry" TEXT,
ADD COLUMN     "size" TEXT,
ADD COLUMN     "tags" TEXT[] DEFAULT ARRAY[]::TEXT[];

-- AlterTable
ALTER TABLE "contacts" DROP COLUMN "phone",
ADD COLUMN     "consent" "ConsentState" NOT NULL DEFAULT 'UNKNOWN',
ADD COLUMN     "consent_at" TIMESTAMPTZ(3),
ADD COLUMN     "deleted_at" TIMESTAMPTZ(3),
ADD COLUMN     "deleted_by_id" UUID,
ADD COLUMN     "import_key" TEXT,
ADD COLUMN     "other_emails" TEXT[] DEFAULT ARRAY[]::TEXT[],
ADD COLUMN     "owner_id" UUID,
ADD COLUMN     "phones" TEXT[] DEFAULT ARRAY[]::TEXT[],
ADD COLUMN     "source" TEXT,
ADD COLUMN     "tags" TEXT[] DEFAULT ARRAY[]::TEXT[];

-- AlterTable
ALTER TABLE "deals" ADD COLUMN     "custom" JSONB NOT NULL DEFAULT '{}',
ADD COLUMN     "deleted_at" TIMESTAMPTZ(3),
ADD COLUMN     "deleted_by_id" UUID,
ADD COLUMN     "engagement" DECIMAL(6,3) NOT NULL DEFAULT 0,
ADD COLUMN     "engagement_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
ADD COLUMN     "fit_score" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "negotiated_at" TIMESTAMPTZ(3),
ADD COLUMN     "probability" INTEGER,
ADD COLUMN     "qualified_at" TIMESTAMPTZ(3),
ADD COLUMN     "score_reasons" JSONB NOT NULL DEFAULT '[]',
ADD COLUMN     "stage_entered_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
ADD COLUMN     "tags" TEXT[] DEFAULT ARRAY[]::TEXT[];

-- AlterTable
ALTER TABLE "deal_imports" ADD COLUMN     "dry_run" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "kind" "RecordKind" NOT NULL DEFAULT 'DEAL',
ADD COLUMN     "reverted_at" TIMESTAMPTZ(3),
ADD COLUMN     "source_id" UUID;

-- CreateTable
CREATE TABLE "pipeline_stages" (
    "tenant_id" UUID NOT NULL,
    "stage" "DealStage" NOT NULL,
    "name" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "probability" INTEGER NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "pipeline_stages_pkey" PRIMARY KEY ("tenant_id","stage")
);

-- CreateTable
CREATE TABLE "custom_fields" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "kind" "RecordKind" NOT NULL DEFAULT 'DEAL',
    "key" TEXT NOT NULL,
    "label" TEXT NOT NULL,
    "type" "CustomFieldType" NOT NULL,
    "options" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "position" INTEGER NOT NULL DEFAULT 0,
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "archived_at" TIMESTAMPTZ(3),

    CONSTRAINT "custom_fields_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateTable
CREATE TABLE "deal_contacts" (
    "tenant_id" UUID NOT NULL,
    "deal_id" UUID NOT NULL,
    "contact_id" UUID NOT NULL,
    "role" TEXT NOT NULL,

    CONSTRAINT "deal_contacts_pkey" PRIMARY KEY ("tenant_id","deal_id","contact_id")
);

-- CreateTable
CREATE TABLE "timeline_entries" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "kind" "TimelineKind" NOT NULL,
    "body" TEXT NOT NULL DEFAULT '',
    "signal" TEXT,
    "points" INTEGER NOT NULL DEFAULT 0,
    "deal_id" UUID,
    "company_id" UUID,
    "contact_id" UUID,
    "author_id" UUID,
    "happened_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "deleted_at" TIMESTAMPTZ(3),

    CONSTRAINT "timeline_entries_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateTable
CREATE TABLE "deal_holds" (
    "tenant_id" UUID NOT NULL,
    "deal_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "ref_id" UUID NOT NULL,
    "label" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "deal_holds_pkey" PRIMARY KEY ("tenant_id","deal_id","kind","ref_id")
);

-- CreateTable
CREATE TABLE "deal_batches" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "action" TEXT NOT NULL,
    "actor_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "undone_at" TIMESTAMPTZ(3),

    CONSTRAINT "deal_batches_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateTable
CREATE TABLE "deal_batch_items" (
    "tenant_id" UUID NOT NULL,
    "batch_id" UUID NOT NULL,
    "deal_id" UUID NOT NULL,
    "before" JSONB NOT NULL,
    "version" INTEGER NOT NULL,

    CONSTRAINT "deal_batch_items_pkey" PRIMARY KEY ("tenant_id","batch_id","deal_id")
);

-- CreateTable
CREATE TABLE "deal_totals" (
    "tenant_id" UUID NOT NULL,
    "stage" "DealStage" NOT NULL,
    "currency" CHAR(3) NOT NULL,
    "owner_id" UUID NOT NULL,
    "lead_source" TEXT NOT NULL,
    "close_month" DATE NOT NULL,
    "closed_month" DATE NOT NULL,
    "count" BIGINT NOT NULL,
    "value" DECIMAL(24,2) NOT NULL,
    "score" BIGINT NOT NULL,
    "own_value" DECIMAL(24,2) NOT NULL,
    "own_weighted" DECIMAL(28,2) NOT NULL,

    CONSTRAINT "deal_totals_pkey" PRIMARY KEY ("tenant_id","stage","currency","owner_id","lead_source","close_month","closed_month")
);

-- CreateTable
CREATE TABLE "deal_total_changes" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "stage" "DealStage" NOT NULL,
    "currency" CHAR(3) NOT NULL,
    "owner_id" UUID NOT NULL,
    "lead_source" TEXT NOT NULL,
    "close_month" DATE NOT NULL,
    "closed_month" DATE NOT NULL,
    "count" BIGINT NOT NULL,
    "value" DECIMAL(24,2) NOT NULL,
    "score" BIGINT NOT NULL,
    "own_value" DECIMAL(24,2) NOT NULL,
    "own_weighted" DECIMAL(28,2) NOT NULL,

    CONSTRAINT "deal_total_changes_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateTable
CREATE TABLE "search_documents" (
    "tenant_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "id" UUID NOT NULL,
    "owner_id" UUID,
    "title" TEXT NOT NULL,
    "subtitle" TEXT NOT NULL DEFAULT '',
    "parent_id" UUID,
    "plain" TEXT NOT NULL,
    "words" tsvector,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "search_documents_pkey" PRIMARY KEY ("tenant_id","kind","id")
);

-- CreateTable
CREATE TABLE "saved_views" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "kind" "RecordKind" NOT NULL DEFAULT 'DEAL',
    "name" TEXT NOT NULL,
    "definition" JSONB NOT NULL,
    "shared" BOOLEAN NOT NULL DEFAULT false,
    "owner_id" UUID NOT NULL,
    "position" INTEGER NOT NULL DEFAULT 0,
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "saved_views_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateTable
CREATE TABLE "record_merges" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "kind" "RecordKind" NOT NULL,
    "kept_id" UUID NOT NULL,
    "merged_id" UUID NOT NULL,
    "before" JSONB NOT NULL,
    "version" INTEGER NOT NULL,
    "actor_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "undone_at" TIMESTAMPTZ(3),

    CONSTRAINT "record_merges_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateTable
CREATE TABLE "import_sources" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "kind" "RecordKind" NOT NULL,
    "name" TEXT NOT NULL,
    "headers" JSONB NOT NULL,
    "mapping" JSONB NOT NULL,
    "options" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "import_sources_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateTable
CREATE TABLE "import_changes" (
    "tenant_id" UUID NOT NULL,
    "import_id" UUID NOT NULL,
    "kind" "RecordKind" NOT NULL,
    "record_id" UUID NOT NULL,
    "before" JSONB,
    "version" INTEGER NOT NULL,

    CONSTRAINT "import_changes_pkey" PRIMARY KEY ("tenant_id","import_id","kind","record_id")
);

-- CreateTable
CREATE TABLE "data_exports" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "kind" "RecordKind" NOT NULL,
    "state" "ExportState" NOT NULL DEFAULT 'QUEUED',
    "definition" JSONB NOT NULL,
    "scope_id" UUID,
    "job_id" UUID,
    "file_id" UUID,
    "rows" INTEGER NOT NULL DEFAULT 0,
    "error" JSONB,
    "created_by_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "finished_at" TIMESTAMPTZ(3),
    "expires_at" TIMESTAMPTZ(3),

    CONSTRAINT "data_exports_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateTable
CREATE TABLE "webhook_endpoints" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "url" TEXT NOT NULL,
    "description" TEXT NOT NULL DEFAULT '',
    "event_types" TEXT[],
    "secret" TEXT NOT NULL,
    "previous_secret" TEXT,
    "previous_until" TIMESTAMPTZ(3),
    "disabled_at" TIMESTAMPTZ(3),
    "disabled_reason" TEXT,
    "failing_since" TIMESTAMPTZ(3),
    "created_by_id" UUID,
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "webhook_endpoints_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateTable
CREATE TABLE "webhook_messages" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "endpoint_id" UUID NOT NULL,
    "event_seq" BIGINT,
    "type" TEXT NOT NULL,
    "body" TEXT NOT NULL,
    "state" "DeliveryState" NOT NULL DEFAULT 'PENDING',
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "next_attempt_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "webhook_messages_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateTable
CREATE TABLE "webhook_attempts" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "message_id" UUID NOT NULL,
    "status_code" INTEGER,
    "error" TEXT,
    "duration_ms" INTEGER NOT NULL,
    "response" TEXT NOT NULL DEFAULT '',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "webhook_attempts_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateTable
CREATE TABLE "lead_submissions" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "state" "SubmissionState" NOT NULL,
    "reasons" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "payload" JSONB NOT NULL,
    "email" TEXT,
    "address" TEXT,
    "deal_id" UUID,
    "api_key_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "decided_at" TIMESTAMPTZ(3),

    CONSTRAINT "lead_submissions_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateIndex
CREATE UNIQUE INDEX "custom_fields_by_key" ON "custom_fields"("tenant_id", "kind", "key");

-- CreateIndex
CREATE INDEX "deal_contacts_of_a_contact" ON "deal_contacts"("tenant_id", "contact_id");

-- CreateIndex
CREATE INDEX "timeline_of_a_deal" ON "timeline_entries"("tenant_id", "deal_id", "happened_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "timeline_of_a_company" ON "timeline_entries"("tenant_id", "company_id", "happened_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "timeline_of_a_contact" ON "timeline_entries"("tenant_id", "contact_id", "happened_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "saved_views_that_are_shared" ON "saved_views"("tenant_id", "kind", "shared");

-- CreateIndex
CREATE UNIQUE INDEX "saved_views_by_name" ON "saved_views"("tenant_id", "owner_id", "kind", "name");

-- CreateIndex
CREATE INDEX "merges_of_a_record" ON "record_merges"("tenant_id", "kind", "kept_id");

-- CreateIndex
CREATE UNIQUE INDEX "import_sources_by_name" ON "import_sources"("tenant_id", "kind", "name");

-- CreateIndex
CREATE INDEX "data_exports_of_somebody" ON "data_exports"("tenant_id", "created_by_id", "created_at" DESC);

-- CreateIndex
CREATE INDEX "webhook_messages_newest_first" ON "webhook_messages"("tenant_id", "endpoint_id", "id" DESC);

-- CreateIndex
CREATE INDEX "webhook_messages_that_are_due" ON "webhook_messages"("state", "next_attempt_at");

-- CreateIndex
CREATE UNIQUE INDEX "webhook_messages_once_per_event" ON "webhook_messages"("tenant_id", "endpoint_id", "event_seq");

-- CreateIndex
CREATE INDEX "webhook_attempts_of_a_message" ON "webhook_attempts"("tenant_id", "message_id", "id");

-- CreateIndex
CREATE INDEX "lead_submissions_by_state" ON "lead_submissions"("tenant_id", "state", "id" DESC);

-- CreateIndex
CREATE INDEX "lead_submissions_of_an_address" ON "lead_submissions"("tenant_id", "email", "created_at");

-- CreateIndex
CREATE INDEX "companies_by_name" ON "companies"("tenant_id", "name", "id");

-- CreateIndex
CREATE INDEX "companies_newest_first" ON "companies"("tenant_id", "created_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "companies_of_an_owner" ON "companies"("tenant_id", "owner_id");

-- CreateIndex
CREATE INDEX "companies_in_the_trash" ON "companies"("tenant_id", "deleted_at");

-- CreateIndex
CREATE INDEX "contacts_by_name" ON "contacts"("tenant_id", "name", "id");

-- CreateIndex
CREATE INDEX "contacts_newest_first" ON "contacts"("tenant_id", "created_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "contacts_of_an_owner" ON "contacts"("tenant_id", "owner_id");

-- CreateIndex
CREATE INDEX "contacts_in_the_trash" ON "contacts"("tenant_id", "deleted_at");

-- CreateIndex
CREATE INDEX "deals_in_a_stage_by_value" ON "deals"("tenant_id", "stage", "value" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "deals_in_a_stage_by_score" ON "deals"("tenant_id", "stage", "lead_score" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "deals_by_close_date" ON "deals"("tenant_id", "expected_close_date", "id");

-- CreateIndex
CREATE INDEX "deals_last_changed_first" ON "deals"("tenant_id", "updated_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "deals_by_closing" ON "deals"("tenant_id", "closed_at");

-- CreateIndex
CREATE INDEX "deals_in_the_trash" ON "deals"("tenant_id", "deleted_at");

-- AddForeignKey
ALTER TABLE "contacts" ADD CONSTRAINT "contacts_tenant_id_owner_id_fkey" FOREIGN KEY ("tenant_id", "owner_id") REFERENCES "members"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "deal_contacts" ADD CONSTRAINT "deal_contacts_tenant_id_deal_id_fkey" FOREIGN KEY ("tenant_id", "deal_id") REFERENCES "deals"("tenant_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "deal_contacts" ADD CONSTRAINT "deal_contacts_tenant_id_contact_id_fkey" FOREIGN KEY ("tenant_id", "contact_id") REFERENCES "contacts"("tenant_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "timeline_entries" ADD CONSTRAINT "timeline_entries_tenant_id_deal_id_fkey" FOREIGN KEY ("tenant_id", "deal_id") REFERENCES "deals"("tenant_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "timeline_entries" ADD CONSTRAINT "timeline_entries_tenant_id_company_id_fkey" FOREIGN KEY ("tenant_id", "company_id") REFERENCES "companies"("tenant_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "timeline_entries" ADD CONSTRAINT "timeline_entries_tenant_id_contact_id_fkey" FOREIGN KEY ("tenant_id", "contact_id") REFERENCES "contacts"("tenant_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "deal_holds" ADD CONSTRAINT "deal_holds_tenant_id_deal_id_fkey" FOREIGN KEY ("tenant_id", "deal_id") REFERENCES "deals"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "deal_batch_items" ADD CONSTRAINT "deal_batch_items_tenant_id_batch_id_fkey" FOREIGN KEY ("tenant_id", "batch_id") REFERENCES "deal_batches"("tenant_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "saved_views" ADD CONSTRAINT "saved_views_tenant_id_owner_id_fkey" FOREIGN KEY ("tenant_id", "owner_id") REFERENCES "members"("tenant_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "import_changes" ADD CONSTRAINT "import_changes_tenant_id_import_id_fkey" FOREIGN KEY ("tenant_id", "import_id") REFERENCES "deal_imports"("tenant_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "webhook_messages" ADD CONSTRAINT "webhook_messages_tenant_id_endpoint_id_fkey" FOREIGN KEY ("tenant_id", "endpoint_id") REFERENCES "webhook_endpoints"("tenant_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "webhook_attempts" ADD CONSTRAINT "webhook_attempts_tenant_id_message_id_fkey" FOREIGN KEY ("tenant_id", "message_id") REFERENCES "webhook_messages"("tenant_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- From here on by hand: what the schema language cannot say.

CREATE EXTENSION IF NOT EXISTS unaccent SCHEMA public;
CREATE EXTENSION IF NOT EXISTS pg_trgm SCHEMA public;
CREATE EXTENSION IF NOT EXISTS btree_gin SCHEMA public;

-- Lower case, without accents. unaccent() itself is only STABLE, because its dictionary could be changed.
CREATE FUNCTION plain_text(given text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT SET search_path = pg_catalog, public AS $$
  SELECT lower(public.unaccent('public.unaccent'::regdictionary, given))
$$;

-- What is deleted gives its name free.
CREATE UNIQUE INDEX companies_by_domain ON companies (tenant_id, domain) WHERE deleted_at IS NULL;
CREATE UNIQUE INDEX companies_by_import_key ON companies (tenant_id, import_key) WHERE deleted_at IS NULL;
CREATE UNIQUE INDEX contacts_by_email ON contacts (tenant_id, email) WHERE deleted_at IS NULL;
CREATE UNIQUE INDEX contacts_by_import_key ON contacts (tenant_id, import_key) WHERE deleted_at IS NULL;
CREATE UNIQUE INDEX deals_by_import_key ON deals (tenant_id, import_key) WHERE deleted_at IS NULL;
CREATE INDEX deals_by_tag ON deals USING gin (tenant_id, tags);
CREATE INDEX deals_by_custom_field ON deals USING gin (tenant_id, custom jsonb_path_ops) WHERE custom <> '{}';
CREATE INDEX contacts_by_other_email ON contacts USING gin (tenant_id, other_emails) WHERE other_emails <> '{}';

ALTER TABLE deals ADD CONSTRAINT deals_probability_in_range CHECK (probability BETWEEN 0 AND 100);
ALTER TABLE deals ADD CONSTRAINT deals_engagement_in_range CHECK (engagement BETWEEN 0 AND 50);
ALTER TABLE pipeline_stages ADD CONSTRAINT pipeline_stages_probability_in_range CHECK (probability BETWEEN 0 AND 100);
ALTER TABLE timeline_entries ADD CONSTRAINT timeline_entries_on_something
  CHECK (num_nonnulls(deal_id, company_id, contact_id) >= 1);

CALL protect_tenant_table('pipeline_stages');
CALL protect_tenant_table('custom_fields');
CALL protect_tenant_table('deal_contacts');
CALL protect_tenant_table('deal_holds');
CALL protect_tenant_table('timeline_entries');
CALL protect_tenant_table('deal_batches');
CALL protect_tenant_table('deal_batch_items');
CALL protect_tenant_table('deal_totals');
CALL protect_tenant_table('deal_total_changes');
CALL protect_tenant_table('search_documents');
CALL protect_tenant_table('saved_views');
CALL protect_tenant_table('record_merges');
CALL protect_tenant_table('import_sources');
CALL protect_tenant_table('import_changes');
CALL protect_tenant_table('data_exports');
CALL protect_tenant_table('webhook_endpoints');
CALL protect_tenant_table('webhook_messages');
CALL protect_tenant_table('webhook_attempts');
CALL protect_tenant_table('lead_submissions');
GRANT UPDATE (members_see_all) ON tenants TO app_tenant;

-- The lead score. Fit says how well a deal suits us and does not age; engagement says how much the other side does, and
-- half of it is gone after 30 days. Both are 0 to 50. They are computed here and nowhere else, from the row that a
-- statement is about to write: no writer can score what it has read before another changed it.

CREATE FUNCTION decayed_engagement(points numeric, since timestamptz, until timestamptz) RETURNS numeric
LANGUAGE sql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog AS $$
  SELECT CASE WHEN points = 0 OR until <= since THEN points
    ELSE round(points * power(0.5, extract(epoch FROM until - since)::numeric / (30 * 86400)), 3) END
$$;

CREATE FUNCTION deal_fit(
  value numeric, priority "DealPriority", lead_source text, close_date date, tags text[], has_company boolean,
  company_size text, has_contact boolean, email text, title text, consent "ConsentState",
  OUT score int, OUT reasons jsonb)
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog, public AS $$
DECLARE
  total int := 0;
  said text := '';
BEGIN
  IF has_company THEN
    total := total + 10; said := said || ',{"points":10,"reason":"company_known"}';
    IF company_size IN ('201-500', '501-1000', '1001-5000', '5001+') THEN
      total := total + 5; said := said || ',{"points":5,"reason":"company_is_large"}';
    END IF;
  END IF;
  IF has_contact THEN total := total + 5; said := said || ',{"points":5,"reason":"contact_known"}'; END IF;
  IF email IS NOT NULL THEN
    IF email ~* '@(gmail|googlemail|outlook|hotmail|live|yahoo|icloud|gmx|web|aol|proton|protonmail|mail)\.' THEN
      total := total - 5; said := said || ',{"points":-5,"reason":"personal_mail_domain"}';
    ELSE
      total := total + 10; said := said || ',{"points":10,"reason":"business_mail_domain"}';
    END IF;
  END IF;
  IF title ~* '\m(ceo|cfo|coo|cto|cmo|chief|founder|owner|partner|president|director|vp|vice president|head|geschäftsführer|directeur)\M' THEN
    total := total + 10; said := said || ',{"points":10,"reason":"decision_maker"}';
  END IF;
  IF lead_source ~* 'referral|partner|empfehlung|recommandation|referido' THEN
    total := total + 10; said := said || ',{"points":10,"reason":"came_by_referral"}';
  ELSIF lead_source ~* 'inbound|website|webinar|content|event|conference|messe' THEN
    total := total + 5; said := said || ',{"points":5,"reason":"came_by_itself"}';
  END IF;
  IF value > 0 THEN total := total + 5; said := said || ',{"points":5,"reason":"value_known"}'; END IF;
  IF close_date IS NOT NULL THEN total := total + 5; said := said || ',{"points":5,"reason":"close_date_known"}'; END IF;
  IF priority = 'URGENT' THEN total := total + 5; said := said || ',{"points":5,"reason":"urgent"}';
  ELSIF priority = 'HIGH' THEN total := total + 3; said := said || ',{"points":3,"reason":"high_priority"}'; END IF;
  IF consent = 'WITHDRAWN' THEN total := total - 10; said := said || ',{"points":-10,"reason":"unsubscribed"}'; END IF;
  IF 'competitor' = ANY (tags) THEN total := total - 20; said := said || ',{"points":-20,"reason":"competitor"}'; END IF;
  score := least(50, greatest(0, total));
  reasons := ('[' || substr(said, 2) || ']')::jsonb;
END $$;

-- Keeps what follows from a deal's other columns. Setting fit_score to anything else asks for a new score, for when a
-- company or a contact has changed.
CREATE FUNCTION keep_deal() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE
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
    SELECT c.size INTO company FROM companies c WHERE c.tenant_id = NEW.tenant_id AND c.id = NEW.company_id;
    SELECT k.email, k.title, k.consent INTO contact FROM contacts k WHERE k.tenant_id = NEW.tenant_id AND k.id = NEW.contact_id;
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
CREATE TRIGGER deal_kept BEFORE INSERT OR UPDATE ON deals FOR EACH ROW EXECUTE FUNCTION keep_deal();

-- What is there so far. The owner is bound by row-level security too and would see nothing.
ALTER TABLE contacts NO FORCE ROW LEVEL SECURITY;
ALTER TABLE companies NO FORCE ROW LEVEL SECURITY;
ALTER TABLE deals NO FORCE ROW LEVEL SECURITY;
ALTER TABLE stage_changes NO FORCE ROW LEVEL SECURITY;
UPDATE contacts SET phones = ARRAY[former.phone] FROM former_phones former
  WHERE contacts.tenant_id = former.tenant_id AND contacts.id = former.id;
UPDATE deals d SET fit_score = d.fit_score + 1,
  stage_entered_at = coalesce(h.entered, d.closed_at, d.created_at),
  qualified_at = coalesce(h.qualified, CASE WHEN d.stage IN ('QUALIFIED', 'NEGOTIATION', 'CLOSED_WON') THEN d.created_at END),
  negotiated_at = coalesce(h.negotiated, CASE WHEN d.stage IN ('NEGOTIATION', 'CLOSED_WON') THEN d.created_at END)
FROM deals e LEFT JOIN (
    SELECT tenant_id, deal_id, max(created_at) AS entered,
      min(created_at) FILTER (WHERE to_stage IN ('QUALIFIED', 'NEGOTIATION', 'CLOSED_WON')) AS qualified,
      min(created_at) FILTER (WHERE to_stage IN ('NEGOTIATION', 'CLOSED_WON')) AS negotiated
    FROM stage_changes GROUP BY tenant_id, deal_id
  ) h ON h.tenant_id = e.tenant_id AND h.deal_id = e.id
WHERE e.tenant_id = d.tenant_id AND e.id = d.id;
ALTER TABLE contacts FORCE ROW LEVEL SECURITY;
ALTER TABLE companies FORCE ROW LEVEL SECURITY;
ALTER TABLE deals FORCE ROW LEVEL SECURITY;
ALTER TABLE stage_changes FORCE ROW LEVEL SECURITY;
