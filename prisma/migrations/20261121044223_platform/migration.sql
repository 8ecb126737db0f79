-- CreateEnum
CREATE TYPE "TenantStatus" AS ENUM ('ACTIVE', 'SUSPENDED');

-- CreateEnum
CREATE TYPE "TenantRole" AS ENUM ('OWNER', 'ADMIN', 'MANAGER', 'MEMBER', 'VIEWER');

-- CreateEnum
CREATE TYPE "PlatformRole" AS ENUM ('SUPER_ADMIN', 'DM_ADMIN', 'REVIEWER');

-- CreateEnum
CREATE TYPE "Portal" AS ENUM ('DASHBOARD', 'DM', 'MANAGE');

-- CreateEnum
CREATE TYPE "ActivityState" AS ENUM ('QUEUED', 'GENERATING', 'GENERATION_FAILED', 'PENDING_REVIEW', 'IN_REVIEW', 'REVISION_REQUESTED', 'APPROVED', 'REJECTED', 'CANCELLED');

-- CreateEnum
CREATE TYPE "DecisionKind" AS ENUM ('APPROVE', 'REJECT', 'REQUEST_REVISION');

-- CreateEnum
CREATE TYPE "DealStage" AS ENUM ('LEAD', 'QUALIFIED', 'NEGOTIATION', 'CLOSED_WON', 'CLOSED_LOST');

-- CreateEnum
CREATE TYPE "DealPriority" AS ENUM ('LOW', 'MEDIUM', 'HIGH', 'URGENT');

-- CreateEnum
CREATE TYPE "ImportState" AS ENUM ('INSPECTING', 'MAPPING', 'QUEUED', 'RUNNING', 'SUCCEEDED', 'FAILED', 'CANCELLED');

-- CreateEnum
CREATE TYPE "JobState" AS ENUM ('QUEUED', 'RUNNING', 'SUCCEEDED', 'FAILED', 'DEAD', 'CANCELLED');

-- CreateTable
CREATE TABLE "tenants" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "slug" TEXT NOT NULL,
    "status" "TenantStatus" NOT NULL DEFAULT 'ACTIVE',
    "timezone" TEXT NOT NULL DEFAULT 'UTC',
    "currency" CHAR(3) NOT NULL DEFAULT 'USD',
    "brand_voice" TEXT NOT NULL DEFAULT '',
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "tenants_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "users" (
    "id" UUID NOT NULL,
    "email" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "password_hash" TEXT NOT NULL,
    "platform_role" "PlatformRole",
    "disabled_at" TIMESTAMPTZ(3),
    "revoke_before" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "users_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "members" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "email" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "role" "TenantRole" NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "members_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateTable
CREATE TABLE "sessions" (
    "id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "tenant_id" UUID,
    "portal" "Portal" NOT NULL,
    "user_agent" TEXT,
    "address" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "last_used_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "revoked_at" TIMESTAMPTZ(3),

    CONSTRAINT "sessions_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "refresh_tokens" (
    "id" UUID NOT NULL,
    "session_id" UUID NOT NULL,
    "parent_id" UUID,
    "token_hash" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "used_at" TIMESTAMPTZ(3),

    CONSTRAINT "refresh_tokens_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "audit_entries" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "actor_id" UUID,
    "actor_kind" TEXT NOT NULL,
    "action" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "subject_id" UUID,
    "before" JSONB,
    "after" JSONB,
    "request_id" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "audit_entries_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateTable
CREATE TABLE "platform_audit_entries" (
    "id" UUID NOT NULL,
    "actor_id" UUID,
    "action" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "subject_id" UUID,
    "details" JSONB,
    "request_id" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "platform_audit_entries_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "notifications" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "member_id" UUID,
    "kind" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "body" TEXT NOT NULL,
    "link" TEXT,
    "read_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "notifications_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateTable
CREATE TABLE "activities" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "agent" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "topic" TEXT NOT NULL,
    "audience" TEXT NOT NULL,
    "keywords" TEXT[],
    "brand_voice" TEXT NOT NULL,
    "state" "ActivityState" NOT NULL DEFAULT 'QUEUED',
    "current_version" INTEGER NOT NULL DEFAULT 0,
    "job_id" UUID,
    "requested_by_id" UUID NOT NULL,
    "claimed_by_id" UUID,
    "claim_token" UUID,
    "claim_expires_at" TIMESTAMPTZ(3),
    "last_reviewer_id" UUID,
    "submitted_at" TIMESTAMPTZ(3),
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "activities_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateTable
CREATE TABLE "activity_versions" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "activity_id" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "title" TEXT NOT NULL,
    "body" TEXT NOT NULL,
    "content_hash" CHAR(64) NOT NULL,
    "provider" TEXT NOT NULL,
    "model" TEXT,
    "notes" TEXT,
    "sources" JSONB NOT NULL,
    "word_count" INTEGER NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "activity_versions_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateTable
CREATE TABLE "review_decisions" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "activity_id" UUID NOT NULL,
    "version_id" UUID NOT NULL,
    "kind" "DecisionKind" NOT NULL,
    "reviewer_id" UUID NOT NULL,
    "notes" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "review_decisions_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateTable
CREATE TABLE "knowledge_documents" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "title" TEXT NOT NULL,
    "body" TEXT NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "knowledge_documents_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateTable
CREATE TABLE "companies" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "domain" TEXT,
    "owner_id" UUID,
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "companies_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateTable
CREATE TABLE "contacts" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "email" TEXT,
    "phone" TEXT,
    "title" TEXT,
    "company_id" UUID,
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "contacts_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateTable
CREATE TABLE "deals" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "title" TEXT NOT NULL,
    "value" DECIMAL(18,2) NOT NULL DEFAULT 0,
    "currency" CHAR(3) NOT NULL,
    "stage" "DealStage" NOT NULL DEFAULT 'LEAD',
    "priority" "DealPriority" NOT NULL DEFAULT 'MEDIUM',
    "lead_score" INTEGER NOT NULL DEFAULT 0,
    "lead_source" TEXT,
    "owner_id" UUID,
    "company_id" UUID,
    "contact_id" UUID,
    "expected_close_date" DATE,
    "closed_at" TIMESTAMPTZ(3),
    "lost_reason" TEXT,
    "notes" TEXT,
    "import_key" TEXT,
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "deals_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateTable
CREATE TABLE "stage_changes" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "deal_id" UUID NOT NULL,
    "from_stage" "DealStage",
    "to_stage" "DealStage" NOT NULL,
    "reason" TEXT,
    "actor_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "stage_changes_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateTable
CREATE TABLE "deal_imports" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "file_id" UUID NOT NULL,
    "file_name" TEXT NOT NULL,
    "size_bytes" BIGINT NOT NULL,
    "sha256" CHAR(64) NOT NULL,
    "state" "ImportState" NOT NULL DEFAULT 'INSPECTING',
    "preview" JSONB,
    "mapping" JSONB,
    "job_id" UUID,
    "rows_read" INTEGER NOT NULL DEFAULT 0,
    "rows_created" INTEGER NOT NULL DEFAULT 0,
    "rows_updated" INTEGER NOT NULL DEFAULT 0,
    "rows_unchanged" INTEGER NOT NULL DEFAULT 0,
    "rows_rejected" INTEGER NOT NULL DEFAULT 0,
    "rejected_file_id" UUID,
    "error" JSONB,
    "created_by_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "deal_imports_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateTable
CREATE TABLE "jobs" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "queue" TEXT NOT NULL,
    "state" "JobState" NOT NULL DEFAULT 'QUEUED',
    "payload" JSONB NOT NULL,
    "static_key" TEXT,
    "attempt" INTEGER NOT NULL DEFAULT 0,
    "failures" INTEGER NOT NULL DEFAULT 0,
    "max_attempts" INTEGER NOT NULL,
    "progress" JSONB,
    "result" JSONB,
    "error" JSONB,
    "actor_id" UUID,
    "actor_kind" TEXT NOT NULL DEFAULT 'system',
    "request_id" TEXT,
    "traceparent" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "dispatched_at" TIMESTAMPTZ(3),
    "started_at" TIMESTAMPTZ(3),
    "heartbeat_at" TIMESTAMPTZ(3),
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "jobs_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateTable
CREATE TABLE "outbox" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "ref" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "outbox_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateTable
CREATE TABLE "events" (
    "tenant_id" UUID NOT NULL,
    "seq" BIGINT NOT NULL,
    "type" TEXT NOT NULL,
    "data" JSONB NOT NULL,
    "actor_id" UUID,
    "request_id" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "events_pkey" PRIMARY KEY ("tenant_id","seq")
);

-- CreateTable
CREATE TABLE "event_counters" (
    "tenant_id" UUID NOT NULL,
    "last_seq" BIGINT NOT NULL,

    CONSTRAINT "event_counters_pkey" PRIMARY KEY ("tenant_id")
);

-- CreateTable
CREATE TABLE "idempotency_keys" (
    "tenant_id" UUID NOT NULL,
    "actor_id" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "fingerprint" TEXT NOT NULL,
    "status_code" INTEGER NOT NULL,
    "headers" JSONB NOT NULL,
    "body" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "idempotency_keys_pkey" PRIMARY KEY ("tenant_id","actor_id","key")
);

-- CreateTable
CREATE TABLE "files" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "storage_key" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "content_type" TEXT NOT NULL,
    "size_bytes" BIGINT NOT NULL,
    "sha256" CHAR(64) NOT NULL,
    "created_by_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "files_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateTable
CREATE TABLE "schedule_runs" (
    "name" TEXT NOT NULL,
    "last_started_at" TIMESTAMPTZ(3),
    "last_success_at" TIMESTAMPTZ(3),
    "last_error" TEXT,

    CONSTRAINT "schedule_runs_pkey" PRIMARY KEY ("name")
);

-- CreateIndex
CREATE UNIQUE INDEX "tenants_slug_key" ON "tenants"("slug");

-- CreateIndex
CREATE UNIQUE INDEX "users_email_key" ON "users"("email");

-- CreateIndex
CREATE INDEX "members_of_a_user" ON "members"("id");

-- CreateIndex
CREATE UNIQUE INDEX "members_by_email" ON "members"("tenant_id", "email");

-- CreateIndex
CREATE INDEX "sessions_of_a_user" ON "sessions"("user_id", "revoked_at");

-- CreateIndex
CREATE UNIQUE INDEX "refresh_tokens_token_hash_key" ON "refresh_tokens"("token_hash");

-- CreateIndex
CREATE INDEX "refresh_tokens_of_a_session" ON "refresh_tokens"("session_id");

-- CreateIndex
CREATE INDEX "audit_entries_of_a_subject" ON "audit_entries"("tenant_id", "subject", "subject_id", "id");

-- CreateIndex
CREATE INDEX "notifications_newest_first" ON "notifications"("tenant_id", "member_id", "id" DESC);

-- CreateIndex
CREATE INDEX "activities_newest_first" ON "activities"("tenant_id", "created_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "activities_waiting_for_review" ON "activities"("state", "submitted_at", "id");

-- CreateIndex
CREATE INDEX "activities_of_a_reviewer" ON "activities"("claimed_by_id", "claim_expires_at");

-- CreateIndex
CREATE UNIQUE INDEX "activity_versions_by_number" ON "activity_versions"("tenant_id", "activity_id", "number");

-- CreateIndex
CREATE INDEX "review_decisions_of_an_activity" ON "review_decisions"("tenant_id", "activity_id", "id");

-- CreateIndex
CREATE INDEX "review_decisions_of_a_reviewer" ON "review_decisions"("reviewer_id", "created_at" DESC, "id" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "review_decisions_one_per_version" ON "review_decisions"("tenant_id", "version_id");

-- CreateIndex
CREATE INDEX "knowledge_documents_newest_first" ON "knowledge_documents"("tenant_id", "created_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "companies_by_name" ON "companies"("tenant_id", "name");

-- CreateIndex
CREATE UNIQUE INDEX "companies_by_domain" ON "companies"("tenant_id", "domain");

-- CreateIndex
CREATE INDEX "contacts_of_a_company" ON "contacts"("tenant_id", "company_id");

-- CreateIndex
CREATE UNIQUE INDEX "contacts_by_email" ON "contacts"("tenant_id", "email");

-- CreateIndex
CREATE INDEX "deals_newest_first" ON "deals"("tenant_id", "created_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "deals_in_a_stage_newest_first" ON "deals"("tenant_id", "stage", "created_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "deals_by_value" ON "deals"("tenant_id", "value" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "deals_by_score" ON "deals"("tenant_id", "lead_score" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "deals_of_an_owner_newest_first" ON "deals"("tenant_id", "owner_id", "created_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "deals_of_a_company" ON "deals"("tenant_id", "company_id");

-- CreateIndex
CREATE INDEX "deals_of_a_contact" ON "deals"("tenant_id", "contact_id");

-- CreateIndex
CREATE UNIQUE INDEX "deals_by_import_key" ON "deals"("tenant_id", "import_key");

-- CreateIndex
CREATE INDEX "stage_changes_of_a_deal" ON "stage_changes"("tenant_id", "deal_id", "id");

-- CreateIndex
CREATE INDEX "deal_imports_newest_first" ON "deal_imports"("tenant_id", "created_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "jobs_newest_first" ON "jobs"("tenant_id", "id" DESC);

-- CreateIndex
CREATE INDEX "jobs_by_state_newest_first" ON "jobs"("state", "id" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "jobs_once_per_static_key" ON "jobs"("tenant_id", "name", "static_key");

-- CreateIndex
CREATE INDEX "outbox_oldest_first" ON "outbox"("id");

-- CreateIndex
CREATE INDEX "idempotency_keys_to_purge" ON "idempotency_keys"("expires_at");

-- CreateIndex
CREATE UNIQUE INDEX "files_by_storage_key" ON "files"("tenant_id", "storage_key");

-- AddForeignKey
ALTER TABLE "members" ADD CONSTRAINT "members_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenants"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "members" ADD CONSTRAINT "members_id_fkey" FOREIGN KEY ("id") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "refresh_tokens" ADD CONSTRAINT "refresh_tokens_session_id_fkey" FOREIGN KEY ("session_id") REFERENCES "sessions"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "activity_versions" ADD CONSTRAINT "activity_versions_tenant_id_activity_id_fkey" FOREIGN KEY ("tenant_id", "activity_id") REFERENCES "activities"("tenant_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "review_decisions" ADD CONSTRAINT "review_decisions_tenant_id_activity_id_fkey" FOREIGN KEY ("tenant_id", "activity_id") REFERENCES "activities"("tenant_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "review_decisions" ADD CONSTRAINT "review_decisions_tenant_id_version_id_fkey" FOREIGN KEY ("tenant_id", "version_id") REFERENCES "activity_versions"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "companies" ADD CONSTRAINT "companies_tenant_id_owner_id_fkey" FOREIGN KEY ("tenant_id", "owner_id") REFERENCES "members"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "contacts" ADD CONSTRAINT "contacts_tenant_id_company_id_fkey" FOREIGN KEY ("tenant_id", "company_id") REFERENCES "companies"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "deals" ADD CONSTRAINT "deals_tenant_id_owner_id_fkey" FOREIGN KEY ("tenant_id", "owner_id") REFERENCES "members"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "deals" ADD CONSTRAINT "deals_tenant_id_company_id_fkey" FOREIGN KEY ("tenant_id", "company_id") REFERENCES "companies"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "deals" ADD CONSTRAINT "deals_tenant_id_contact_id_fkey" FOREIGN KEY ("tenant_id", "contact_id") REFERENCES "contacts"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "stage_changes" ADD CONSTRAINT "stage_changes_tenant_id_deal_id_fkey" FOREIGN KEY ("tenant_id", "deal_id") REFERENCES "deals"("tenant_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- From here on by hand: what Prisma's schema language cannot say.

-- Roles are made by `prepare` (packages/db/src/provision.ts). They own nothing.
GRANT USAGE ON SCHEMA public TO app_tenant, app_platform;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO app_platform;
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO app_platform;
REVOKE ALL ON TABLE _prisma_migrations FROM app_platform;
GRANT SELECT ON TABLE _prisma_migrations TO app_platform;

-- Belt two, one line a table: row-level security that also binds the owner. The tenant rule is RESTRICTIVE, so a
-- careless permissive policy beside it cannot open the table. An unset or emptied setting matches no row.
CREATE PROCEDURE protect_tenant_table(target regclass, privileges text DEFAULT 'SELECT, INSERT, UPDATE, DELETE', tenant_column text DEFAULT 'tenant_id')
LANGUAGE plpgsql AS $$
DECLARE
  rule text := format('%I = NULLIF(current_setting(''app.tenant_id'', true), '''')::uuid', tenant_column);
BEGIN
  EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', target);
  EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', target);
  EXECUTE format('CREATE POLICY everyone ON %s AS PERMISSIVE USING (true) WITH CHECK (true)', target);
  EXECUTE format('CREATE POLICY own_tenant ON %s AS RESTRICTIVE USING (%s) WITH CHECK (%s)', target, rule, rule);
  EXECUTE format('GRANT %s ON TABLE %s TO app_tenant', privileges, target);
END $$;
REVOKE EXECUTE ON PROCEDURE protect_tenant_table FROM PUBLIC;

CALL protect_tenant_table('tenants', 'SELECT, UPDATE (name, timezone, currency, brand_voice, version, updated_at)', 'id');
CALL protect_tenant_table('members', 'SELECT');
CALL protect_tenant_table('audit_entries', 'SELECT, INSERT');
CALL protect_tenant_table('notifications');
CALL protect_tenant_table('jobs');
CALL protect_tenant_table('outbox');
CALL protect_tenant_table('events', 'SELECT, INSERT');
CALL protect_tenant_table('event_counters');
CALL protect_tenant_table('idempotency_keys');
CALL protect_tenant_table('files');
CALL protect_tenant_table('companies');
CALL protect_tenant_table('contacts');
CALL protect_tenant_table('deals');
CALL protect_tenant_table('stage_changes', 'SELECT, INSERT');
CALL protect_tenant_table('deal_imports');
CALL protect_tenant_table('activities');
CALL protect_tenant_table('activity_versions', 'SELECT, INSERT');
CALL protect_tenant_table('review_decisions', 'SELECT, INSERT');
CALL protect_tenant_table('knowledge_documents');

-- Wakes the relay at commit; it polls as well, so a lost notification costs a second and nothing more.
CREATE FUNCTION notify_outbox() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('outbox', '');
  RETURN NULL;
END $$;
CREATE TRIGGER outbox_filled AFTER INSERT ON outbox FOR EACH STATEMENT EXECUTE FUNCTION notify_outbox();

-- Finished work leaves the index that the reconciler reads.
CREATE INDEX jobs_unfinished ON jobs (state, dispatched_at) WHERE state IN ('QUEUED', 'RUNNING');

ALTER TABLE deals ADD CONSTRAINT deals_score_in_range CHECK (lead_score BETWEEN 0 AND 100);
ALTER TABLE deals ADD CONSTRAINT deals_closed_with_stage CHECK ((closed_at IS NOT NULL) = (stage IN ('CLOSED_WON', 'CLOSED_LOST')));
ALTER TABLE deals ADD CONSTRAINT deals_lost_with_reason CHECK (stage <> 'CLOSED_LOST' OR lost_reason IS NOT NULL);
