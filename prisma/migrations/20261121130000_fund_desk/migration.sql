-- The fund desk: docs/adr/0017-books.md says what is kept and why it is partitioned as it is.

-- CreateEnum
CREATE TYPE "FundState" AS ENUM ('OPEN', 'CLOSED');

-- CreateEnum
CREATE TYPE "InvestorKind" AS ENUM ('PERSON', 'ENTITY');

-- CreateEnum
CREATE TYPE "AllocationState" AS ENUM ('ACTIVE', 'CANCELLED');

-- CreateEnum
CREATE TYPE "CallState" AS ENUM ('DRAFT', 'IN_REVIEW', 'APPROVED', 'ISSUED', 'CLOSED', 'CANCELLED');

-- CreateEnum
CREATE TYPE "CallComponentKind" AS ENUM ('INVESTMENT', 'FEE', 'EXPENSE', 'OTHER');

-- CreateEnum
CREATE TYPE "LineStanding" AS ENUM ('NONE', 'DEFAULT_NOTICE', 'DEFAULTED', 'CURED');

-- CreateEnum
CREATE TYPE "ReceiptState" AS ENUM ('UNMATCHED', 'PROPOSED', 'MATCHED', 'BOUNCED', 'IGNORED');

-- CreateEnum
CREATE TYPE "PaymentKind" AS ENUM ('RECEIPT', 'PREPAID_APPLIED', 'BOUNCE', 'REFUND');

-- CreateEnum
CREATE TYPE "DistributionState" AS ENUM ('DRAFT', 'IN_REVIEW', 'APPROVED', 'DECLARED', 'PAID', 'CANCELLED');

-- CreateEnum
CREATE TYPE "FundDocumentKind" AS ENUM ('CALL_NOTICE', 'DISTRIBUTION_NOTICE', 'STATEMENT', 'REPORT', 'UPLOAD');

-- CreateEnum
CREATE TYPE "FundDocumentState" AS ENUM ('PENDING', 'READY', 'FAILED');

-- CreateEnum
CREATE TYPE "FundImportKind" AS ENUM ('ALLOCATIONS', 'COMMITMENTS', 'BANK_RECEIPTS', 'NAV_MARKS');

-- CreateEnum
CREATE TYPE "FundImportState" AS ENUM ('INSPECTING', 'READY', 'REFUSED', 'COMMITTING', 'COMMITTED', 'FAILED');

-- CreateEnum
CREATE TYPE "ReconciliationState" AS ENUM ('RUNNING', 'CLEAN', 'BROKEN', 'FAILED');

-- CreateTable
CREATE TABLE "funds" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "legal_name" TEXT NOT NULL,
    "currency" CHAR(3) NOT NULL,
    "time_zone" TEXT NOT NULL,
    "vintage" INTEGER NOT NULL,
    "state" "FundState" NOT NULL DEFAULT 'OPEN',
    "terms" JSONB NOT NULL,
    "wire_sealed" TEXT,
    "wire_mask" TEXT,
    "locked_through" DATE,
    "entry_count" BIGINT NOT NULL DEFAULT 0,
    "call_count" INTEGER NOT NULL DEFAULT 0,
    "distribution_count" INTEGER NOT NULL DEFAULT 0,
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_by_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP
);

-- CreateTable
CREATE TABLE "investors" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "code" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "kind" "InvestorKind" NOT NULL,
    "tax_country" CHAR(2),
    "contacts" JSONB NOT NULL DEFAULT '[]',
    "payer_names" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "bank_sealed" TEXT,
    "bank_mask" TEXT,
    "company_id" UUID,
    "contact_id" UUID,
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP
);

-- CreateTable
CREATE TABLE "commitments" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "fund_id" UUID NOT NULL,
    "investor_id" UUID NOT NULL,
    "close_name" TEXT NOT NULL,
    "close_date" DATE NOT NULL,
    "amount" DECIMAL(18,2) NOT NULL,
    "fee_free" BOOLEAN NOT NULL DEFAULT false,
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP
);

-- CreateTable
CREATE TABLE "position_events" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "fund_id" UUID NOT NULL,
    "investor_id" UUID NOT NULL,
    "commitment_id" UUID,
    "happened_on" DATE NOT NULL,
    "kind" TEXT NOT NULL,
    "data" JSONB NOT NULL,
    "source_kind" TEXT NOT NULL,
    "source_id" UUID NOT NULL,
    "reason" TEXT,
    "actor_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP
);

-- CreateTable
CREATE TABLE "fund_positions" (
    "tenant_id" UUID NOT NULL,
    "fund_id" UUID NOT NULL,
    "investor_id" UUID NOT NULL,
    "commitment" DECIMAL(18,2) NOT NULL DEFAULT 0,
    "fee_free" DECIMAL(18,2) NOT NULL DEFAULT 0,
    "called" DECIMAL(18,2) NOT NULL DEFAULT 0,
    "called_outside" DECIMAL(18,2) NOT NULL DEFAULT 0,
    "funded" DECIMAL(18,2) NOT NULL DEFAULT 0,
    "funded_outside" DECIMAL(18,2) NOT NULL DEFAULT 0,
    "written_off" DECIMAL(18,2) NOT NULL DEFAULT 0,
    "written_off_outside" DECIMAL(18,2) NOT NULL DEFAULT 0,
    "released" DECIMAL(18,2) NOT NULL DEFAULT 0,
    "distributed" DECIMAL(18,2) NOT NULL DEFAULT 0,
    "recallable" DECIMAL(18,2) NOT NULL DEFAULT 0,
    "prepaid" DECIMAL(18,2) NOT NULL DEFAULT 0,
    "recallables" JSONB NOT NULL DEFAULT '{"lots":[],"recalls":[]}',
    "carries" JSONB NOT NULL DEFAULT '{}',
    "defaulted_on" DATE,
    "last_event_on" DATE,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP
);

-- CreateTable
CREATE TABLE "allocations" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "fund_id" UUID NOT NULL,
    "deal_id" UUID NOT NULL,
    "investor_id" UUID,
    "tranche" INTEGER NOT NULL DEFAULT 1,
    "amount" DECIMAL(18,2) NOT NULL,
    "percent" DECIMAL(9,6),
    "allocated_on" DATE NOT NULL,
    "state" "AllocationState" NOT NULL DEFAULT 'ACTIVE',
    "external_ref" TEXT,
    "call_id" UUID,
    "reason" TEXT,
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_by_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP
) PARTITION BY HASH (tenant_id);

-- CreateTable
CREATE TABLE "capital_calls" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "fund_id" UUID NOT NULL,
    "number" INTEGER,
    "title" TEXT NOT NULL,
    "purpose" TEXT NOT NULL DEFAULT '',
    "state" "CallState" NOT NULL DEFAULT 'DRAFT',
    "amount" DECIMAL(18,2) NOT NULL,
    "percent" DECIMAL(9,6),
    "notice_date" DATE NOT NULL,
    "due_date" DATE NOT NULL,
    "matrix_sha256" CHAR(64),
    "last_editor_id" UUID,
    "approved_by_id" UUID,
    "approved_at" TIMESTAMPTZ(3),
    "issued_by_id" UUID,
    "issued_at" TIMESTAMPTZ(3),
    "closed_at" TIMESTAMPTZ(3),
    "cancelled_at" TIMESTAMPTZ(3),
    "cancel_reason" TEXT,
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_by_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP
) PARTITION BY HASH (tenant_id);

-- CreateTable
CREATE TABLE "call_components" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "call_id" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "kind" "CallComponentKind" NOT NULL,
    "label" TEXT NOT NULL,
    "amount" DECIMAL(18,2) NOT NULL,
    "inside_commitment" BOOLEAN NOT NULL,
    "deal_id" UUID,
    "total_weight" DECIMAL(22,0)
);

-- CreateTable
CREATE TABLE "call_excuses" (
    "tenant_id" UUID NOT NULL,
    "call_id" UUID NOT NULL,
    "component_id" UUID NOT NULL,
    "investor_id" UUID NOT NULL,
    "reason" TEXT NOT NULL
);

-- CreateTable
CREATE TABLE "capital_call_lines" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "call_id" UUID NOT NULL,
    "fund_id" UUID NOT NULL,
    "investor_id" UUID NOT NULL,
    "reference" TEXT NOT NULL,
    "due_date" DATE NOT NULL,
    "due" DECIMAL(18,2) NOT NULL DEFAULT 0,
    "inside" DECIMAL(18,2) NOT NULL DEFAULT 0,
    "outside" DECIMAL(18,2) NOT NULL DEFAULT 0,
    "recalled" DECIMAL(18,2) NOT NULL DEFAULT 0,
    "applied" DECIMAL(18,2) NOT NULL DEFAULT 0,
    "from_prepaid" DECIMAL(18,2) NOT NULL DEFAULT 0,
    "written_off" DECIMAL(18,2) NOT NULL DEFAULT 0,
    "excess" DECIMAL(18,2) NOT NULL DEFAULT 0,
    "excused" BOOLEAN NOT NULL DEFAULT false,
    "components" JSONB NOT NULL,
    "unfunded_before" DECIMAL(18,2) NOT NULL,
    "standing" "LineStanding" NOT NULL DEFAULT 'NONE',
    "notice_on" DATE,
    "notice_by_id" UUID,
    "notified_at" TIMESTAMPTZ(3),
    "opened_at" TIMESTAMPTZ(3),
    "version" INTEGER NOT NULL DEFAULT 1,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP
) PARTITION BY HASH (tenant_id);

-- CreateTable
CREATE TABLE "bank_receipts" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "fund_id" UUID NOT NULL,
    "receipt_key" TEXT NOT NULL,
    "bank_reference" TEXT NOT NULL,
    "account" TEXT NOT NULL,
    "value_date" DATE NOT NULL,
    "amount" DECIMAL(18,2) NOT NULL,
    "text" TEXT NOT NULL DEFAULT '',
    "payer" TEXT NOT NULL DEFAULT '',
    "source" TEXT NOT NULL,
    "source_id" TEXT,
    "state" "ReceiptState" NOT NULL DEFAULT 'UNMATCHED',
    "match" JSONB,
    "owner_id" UUID,
    "note" TEXT,
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_by_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP
);

-- CreateTable
CREATE TABLE "payments" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "fund_id" UUID NOT NULL,
    "investor_id" UUID NOT NULL,
    "kind" "PaymentKind" NOT NULL,
    "receipt_id" UUID,
    "call_id" UUID,
    "line_id" UUID,
    "amount" DECIMAL(18,2) NOT NULL,
    "on_line" DECIMAL(18,2) NOT NULL DEFAULT 0,
    "prepaid" DECIMAL(18,2) NOT NULL DEFAULT 0,
    "owed" DECIMAL(18,2) NOT NULL DEFAULT 0,
    "moves" JSONB NOT NULL,
    "value_date" DATE NOT NULL,
    "reverses_id" UUID,
    "reversed_at" TIMESTAMPTZ(3),
    "reason" TEXT,
    "entry_id" UUID NOT NULL,
    "created_by_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP
) PARTITION BY HASH (tenant_id);

-- CreateTable
CREATE TABLE "distributions" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "fund_id" UUID NOT NULL,
    "number" INTEGER,
    "title" TEXT NOT NULL,
    "state" "DistributionState" NOT NULL DEFAULT 'DRAFT',
    "distributed_on" DATE NOT NULL,
    "deal_id" UUID,
    "return_of_capital" DECIMAL(18,2) NOT NULL DEFAULT 0,
    "gain" DECIMAL(18,2) NOT NULL DEFAULT 0,
    "income" DECIMAL(18,2) NOT NULL DEFAULT 0,
    "recallable" DECIMAL(18,2) NOT NULL DEFAULT 0,
    "expires_on" DATE,
    "basis" JSONB NOT NULL DEFAULT '{}',
    "matrix_sha256" CHAR(64),
    "last_editor_id" UUID,
    "approved_by_id" UUID,
    "approved_at" TIMESTAMPTZ(3),
    "declared_at" TIMESTAMPTZ(3),
    "paid_at" TIMESTAMPTZ(3),
    "cancel_reason" TEXT,
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_by_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP
);

-- CreateTable
CREATE TABLE "distribution_lines" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "distribution_id" UUID NOT NULL,
    "fund_id" UUID NOT NULL,
    "investor_id" UUID NOT NULL,
    "return_of_capital" DECIMAL(18,2) NOT NULL,
    "gain" DECIMAL(18,2) NOT NULL,
    "income" DECIMAL(18,2) NOT NULL,
    "withheld" DECIMAL(18,2) NOT NULL DEFAULT 0,
    "recallable" DECIMAL(18,2) NOT NULL DEFAULT 0,
    "paid_at" TIMESTAMPTZ(3)
);

-- CreateTable
CREATE TABLE "ledger_entries" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "fund_id" UUID NOT NULL,
    "number" BIGINT NOT NULL,
    "kind" TEXT NOT NULL,
    "effective_on" DATE NOT NULL,
    "posted_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "source_kind" TEXT NOT NULL,
    "source_id" UUID NOT NULL,
    "deal_id" UUID,
    "reverses_id" UUID,
    "reason" TEXT,
    "actor_id" UUID,
    "posted_in" TEXT NOT NULL
) PARTITION BY HASH (tenant_id);

-- CreateTable
CREATE TABLE "ledger_lines" (
    "tenant_id" UUID NOT NULL,
    "entry_id" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "fund_id" UUID NOT NULL,
    "account" TEXT NOT NULL,
    "investor_id" UUID NOT NULL,
    "effective_on" DATE NOT NULL,
    "amount" DECIMAL(18,2) NOT NULL
) PARTITION BY HASH (tenant_id);

-- CreateTable
CREATE TABLE "ledger_balances" (
    "tenant_id" UUID NOT NULL,
    "fund_id" UUID NOT NULL,
    "account" TEXT NOT NULL,
    "month" DATE NOT NULL,
    "amount" DECIMAL(18,2) NOT NULL
);

-- CreateTable
CREATE TABLE "investor_balances" (
    "tenant_id" UUID NOT NULL,
    "fund_id" UUID NOT NULL,
    "investor_id" UUID NOT NULL,
    "account" TEXT NOT NULL,
    "month" DATE NOT NULL,
    "amount" DECIMAL(18,2) NOT NULL
);

-- CreateTable
CREATE TABLE "nav_marks" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "fund_id" UUID NOT NULL,
    "deal_id" UUID NOT NULL,
    "marked_on" DATE NOT NULL,
    "value" DECIMAL(18,2) NOT NULL,
    "reason" TEXT NOT NULL DEFAULT '',
    "entry_id" UUID,
    "created_by_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP
);

-- CreateTable
CREATE TABLE "nav_periods" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "fund_id" UUID NOT NULL,
    "as_of" DATE NOT NULL,
    "revision" INTEGER NOT NULL DEFAULT 1,
    "nav" DECIMAL(18,2) NOT NULL,
    "kind" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP
);

-- CreateTable
CREATE TABLE "nav_shares" (
    "tenant_id" UUID NOT NULL,
    "period_id" UUID NOT NULL,
    "investor_id" UUID NOT NULL,
    "beginning" DECIMAL(18,2) NOT NULL,
    "contributions" DECIMAL(18,2) NOT NULL,
    "distributions" DECIMAL(18,2) NOT NULL,
    "income" DECIMAL(18,2) NOT NULL,
    "fees" DECIMAL(18,2) NOT NULL,
    "unrealised" DECIMAL(18,2) NOT NULL,
    "carry" DECIMAL(18,2) NOT NULL DEFAULT 0,
    "ending" DECIMAL(18,2) NOT NULL
);

-- CreateTable
CREATE TABLE "fund_documents" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "fund_id" UUID NOT NULL,
    "investor_id" UUID,
    "deal_id" UUID,
    "kind" "FundDocumentKind" NOT NULL,
    "subject" TEXT NOT NULL,
    "revision" INTEGER NOT NULL DEFAULT 1,
    "state" "FundDocumentState" NOT NULL DEFAULT 'PENDING',
    "name" TEXT NOT NULL,
    "file_id" UUID,
    "json_file_id" UUID,
    "csv_file_id" UUID,
    "size_bytes" BIGINT,
    "sha256" CHAR(64),
    "totals" JSONB NOT NULL DEFAULT '{}',
    "error" TEXT,
    "created_by_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "ready_at" TIMESTAMPTZ(3)
);

-- CreateTable
CREATE TABLE "portal_links" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "fund_id" UUID NOT NULL,
    "investor_id" UUID NOT NULL,
    "document_id" UUID,
    "line_id" UUID,
    "token_hash" CHAR(64) NOT NULL,
    "sent_to" TEXT NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "opened_at" TIMESTAMPTZ(3),
    "openings" INTEGER NOT NULL DEFAULT 0,
    "wire_seen_at" TIMESTAMPTZ(3),
    "revoked_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP
);

-- CreateTable
CREATE TABLE "fund_imports" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "fund_id" UUID NOT NULL,
    "kind" "FundImportKind" NOT NULL,
    "file_id" UUID NOT NULL,
    "file_name" TEXT NOT NULL,
    "size_bytes" BIGINT NOT NULL,
    "sha256" CHAR(64) NOT NULL,
    "state" "FundImportState" NOT NULL DEFAULT 'INSPECTING',
    "options" JSONB NOT NULL DEFAULT '{}',
    "preview" JSONB,
    "rows_read" INTEGER NOT NULL DEFAULT 0,
    "rows_refused" INTEGER NOT NULL DEFAULT 0,
    "job_id" UUID,
    "error" JSONB,
    "created_by_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "finished_at" TIMESTAMPTZ(3)
);

-- CreateTable
CREATE TABLE "reconciliation_runs" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "fund_id" UUID NOT NULL,
    "as_of" DATE NOT NULL,
    "state" "ReconciliationState" NOT NULL DEFAULT 'RUNNING',
    "checks" JSONB NOT NULL DEFAULT '[]',
    "started_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "finished_at" TIMESTAMPTZ(3),
    "error" TEXT
);

-- CreateTable
CREATE TABLE "reconciliation_breaks" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "fund_id" UUID NOT NULL,
    "comparison" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "expected" TEXT NOT NULL,
    "found" TEXT NOT NULL,
    "repair" JSONB,
    "owner_id" UUID,
    "note" TEXT,
    "first_seen_on" DATE NOT NULL,
    "last_seen_on" DATE NOT NULL,
    "resolved_at" TIMESTAMPTZ(3),
    "entry_id" UUID,
    "version" INTEGER NOT NULL DEFAULT 1
);

-- CreateIndex
CREATE UNIQUE INDEX "funds_by_name" ON "funds"("tenant_id", "name");

-- CreateIndex
CREATE INDEX "investors_by_name" ON "investors"("tenant_id", "name", "id");

-- CreateIndex
CREATE UNIQUE INDEX "investors_by_code" ON "investors"("tenant_id", "code");

-- CreateIndex
CREATE INDEX "commitments_of_an_investor" ON "commitments"("tenant_id", "investor_id", "fund_id");

-- CreateIndex
CREATE UNIQUE INDEX "commitments_once_per_close" ON "commitments"("tenant_id", "fund_id", "investor_id", "close_name");

-- CreateIndex
CREATE INDEX "position_events_of_an_investor" ON "position_events"("tenant_id", "fund_id", "investor_id", "happened_on", "id");

-- CreateIndex
CREATE INDEX "position_events_of_a_source" ON "position_events"("tenant_id", "source_kind", "source_id");

-- CreateIndex
CREATE INDEX "fund_positions_of_an_investor" ON "fund_positions"("tenant_id", "investor_id");

-- CreateIndex
CREATE INDEX "allocations_of_a_fund" ON "allocations"("tenant_id", "fund_id", "id" DESC);

-- CreateIndex
CREATE INDEX "allocations_of_a_deal" ON "allocations"("tenant_id", "deal_id", "id");

-- CreateIndex
CREATE INDEX "capital_calls_of_a_fund" ON "capital_calls"("tenant_id", "fund_id", "id" DESC);

-- CreateIndex
CREATE INDEX "capital_calls_by_due_date" ON "capital_calls"("tenant_id", "state", "due_date");

-- CreateIndex
CREATE UNIQUE INDEX "call_components_in_order" ON "call_components"("tenant_id", "call_id", "position");

-- CreateIndex
CREATE INDEX "call_excuses_of_a_call" ON "call_excuses"("tenant_id", "call_id");

-- CreateIndex
CREATE INDEX "capital_call_lines_of_an_investor" ON "capital_call_lines"("tenant_id", "fund_id", "investor_id", "due_date");

-- CreateIndex
CREATE UNIQUE INDEX "capital_call_lines_once_per_investor" ON "capital_call_lines"("tenant_id", "call_id", "investor_id");

-- CreateIndex
CREATE UNIQUE INDEX "capital_call_lines_by_reference" ON "capital_call_lines"("tenant_id", "fund_id", "reference");

-- CreateIndex
CREATE INDEX "bank_receipts_by_state" ON "bank_receipts"("tenant_id", "fund_id", "state", "id" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "bank_receipts_once_per_booking" ON "bank_receipts"("tenant_id", "fund_id", "receipt_key");

-- CreateIndex
CREATE INDEX "payments_of_a_fund" ON "payments"("tenant_id", "fund_id", "id" DESC);

-- CreateIndex
CREATE INDEX "payments_of_an_investor" ON "payments"("tenant_id", "investor_id", "id" DESC);

-- CreateIndex
CREATE INDEX "payments_of_a_call" ON "payments"("tenant_id", "call_id", "id");

-- CreateIndex
CREATE INDEX "payments_of_a_receipt" ON "payments"("tenant_id", "receipt_id");

-- CreateIndex
CREATE INDEX "distributions_of_a_fund" ON "distributions"("tenant_id", "fund_id", "id" DESC);

-- CreateIndex
CREATE INDEX "distribution_lines_of_an_investor" ON "distribution_lines"("tenant_id", "fund_id", "investor_id");

-- CreateIndex
CREATE UNIQUE INDEX "distribution_lines_once_per_investor" ON "distribution_lines"("tenant_id", "distribution_id", "investor_id");

-- CreateIndex
CREATE INDEX "ledger_entries_by_day" ON "ledger_entries"("tenant_id", "fund_id", "effective_on", "number");

-- CreateIndex
CREATE INDEX "ledger_entries_of_a_source" ON "ledger_entries"("tenant_id", "source_kind", "source_id");

-- CreateIndex
CREATE INDEX "ledger_entries_of_a_deal" ON "ledger_entries"("tenant_id", "deal_id", "number");

-- CreateIndex
CREATE UNIQUE INDEX "ledger_entries_by_number" ON "ledger_entries"("tenant_id", "fund_id", "number");

-- CreateIndex
CREATE UNIQUE INDEX "ledger_entries_reversed_once" ON "ledger_entries"("tenant_id", "reverses_id");

-- CreateIndex
CREATE INDEX "ledger_lines_by_day" ON "ledger_lines"("tenant_id", "fund_id", "effective_on", "account");

-- CreateIndex
CREATE INDEX "ledger_lines_of_an_investor" ON "ledger_lines"("tenant_id", "fund_id", "investor_id", "effective_on");

-- CreateIndex
CREATE INDEX "nav_marks_of_a_holding" ON "nav_marks"("tenant_id", "fund_id", "deal_id", "marked_on" DESC, "id" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "nav_periods_by_day" ON "nav_periods"("tenant_id", "fund_id", "as_of", "revision");

-- CreateIndex
CREATE INDEX "fund_documents_of_a_fund" ON "fund_documents"("tenant_id", "fund_id", "id" DESC);

-- CreateIndex
CREATE INDEX "fund_documents_of_an_investor" ON "fund_documents"("tenant_id", "investor_id", "id" DESC);

-- CreateIndex
CREATE INDEX "fund_documents_of_a_deal" ON "fund_documents"("tenant_id", "deal_id", "id" DESC);

-- CreateIndex
CREATE INDEX "portal_links_by_token" ON "portal_links"("token_hash");

-- CreateIndex
CREATE INDEX "portal_links_of_an_investor" ON "portal_links"("tenant_id", "fund_id", "investor_id", "id" DESC);

-- CreateIndex
CREATE INDEX "fund_imports_of_a_fund" ON "fund_imports"("tenant_id", "fund_id", "id" DESC);

-- CreateIndex
CREATE INDEX "fund_imports_of_a_file" ON "fund_imports"("tenant_id", "fund_id", "kind", "sha256");

-- CreateIndex
CREATE INDEX "reconciliation_runs_of_a_fund" ON "reconciliation_runs"("tenant_id", "fund_id", "as_of" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "reconciliation_breaks_of_a_fund" ON "reconciliation_breaks"("tenant_id", "fund_id", "resolved_at", "id" DESC);

-- Primary keys come after all other indexes: of several that begin with the tenant, Postgres takes the youngest while it
-- knows nothing of a table yet. Thousands of first lines would each look for their entry among all entries of the firm.
ALTER TABLE "funds" ADD CONSTRAINT "funds_pkey" PRIMARY KEY ("tenant_id","id");
ALTER TABLE "investors" ADD CONSTRAINT "investors_pkey" PRIMARY KEY ("tenant_id","id");
ALTER TABLE "commitments" ADD CONSTRAINT "commitments_pkey" PRIMARY KEY ("tenant_id","id");
ALTER TABLE "position_events" ADD CONSTRAINT "position_events_pkey" PRIMARY KEY ("tenant_id","id");
ALTER TABLE "fund_positions" ADD CONSTRAINT "fund_positions_pkey" PRIMARY KEY ("tenant_id","fund_id","investor_id");
ALTER TABLE "allocations" ADD CONSTRAINT "allocations_pkey" PRIMARY KEY ("tenant_id","id");
ALTER TABLE "capital_calls" ADD CONSTRAINT "capital_calls_pkey" PRIMARY KEY ("tenant_id","id");
ALTER TABLE "call_components" ADD CONSTRAINT "call_components_pkey" PRIMARY KEY ("tenant_id","id");
ALTER TABLE "call_excuses" ADD CONSTRAINT "call_excuses_pkey" PRIMARY KEY ("tenant_id","component_id","investor_id");
ALTER TABLE "capital_call_lines" ADD CONSTRAINT "capital_call_lines_pkey" PRIMARY KEY ("tenant_id","id");
ALTER TABLE "bank_receipts" ADD CONSTRAINT "bank_receipts_pkey" PRIMARY KEY ("tenant_id","id");
ALTER TABLE "payments" ADD CONSTRAINT "payments_pkey" PRIMARY KEY ("tenant_id","id");
ALTER TABLE "distributions" ADD CONSTRAINT "distributions_pkey" PRIMARY KEY ("tenant_id","id");
ALTER TABLE "distribution_lines" ADD CONSTRAINT "distribution_lines_pkey" PRIMARY KEY ("tenant_id","id");
ALTER TABLE "ledger_entries" ADD CONSTRAINT "ledger_entries_pkey" PRIMARY KEY ("tenant_id","id");
ALTER TABLE "ledger_lines" ADD CONSTRAINT "ledger_lines_pkey" PRIMARY KEY ("tenant_id","entry_id","position");
ALTER TABLE "ledger_balances" ADD CONSTRAINT "ledger_balances_pkey" PRIMARY KEY ("tenant_id","fund_id","account","month");
ALTER TABLE "investor_balances" ADD CONSTRAINT "investor_balances_pkey" PRIMARY KEY ("tenant_id","fund_id","investor_id","account","month");
ALTER TABLE "nav_marks" ADD CONSTRAINT "nav_marks_pkey" PRIMARY KEY ("tenant_id","id");
ALTER TABLE "nav_periods" ADD CONSTRAINT "nav_periods_pkey" PRIMARY KEY ("tenant_id","id");
ALTER TABLE "nav_shares" ADD CONSTRAINT "nav_shares_pkey" PRIMARY KEY ("tenant_id","period_id","investor_id");
ALTER TABLE "fund_documents" ADD CONSTRAINT "fund_documents_pkey" PRIMARY KEY ("tenant_id","id");
ALTER TABLE "portal_links" ADD CONSTRAINT "portal_links_pkey" PRIMARY KEY ("tenant_id","id");
ALTER TABLE "fund_imports" ADD CONSTRAINT "fund_imports_pkey" PRIMARY KEY ("tenant_id","id");
ALTER TABLE "reconciliation_runs" ADD CONSTRAINT "reconciliation_runs_pkey" PRIMARY KEY ("tenant_id","id");
ALTER TABLE "reconciliation_breaks" ADD CONSTRAINT "reconciliation_breaks_pkey" PRIMARY KEY ("tenant_id","id");

-- AddForeignKey
ALTER TABLE "commitments" ADD CONSTRAINT "commitments_tenant_id_fund_id_fkey" FOREIGN KEY ("tenant_id", "fund_id") REFERENCES "funds"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "commitments" ADD CONSTRAINT "commitments_tenant_id_investor_id_fkey" FOREIGN KEY ("tenant_id", "investor_id") REFERENCES "investors"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "position_events" ADD CONSTRAINT "position_events_tenant_id_fund_id_fkey" FOREIGN KEY ("tenant_id", "fund_id") REFERENCES "funds"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "position_events" ADD CONSTRAINT "position_events_tenant_id_investor_id_fkey" FOREIGN KEY ("tenant_id", "investor_id") REFERENCES "investors"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "fund_positions" ADD CONSTRAINT "fund_positions_tenant_id_fund_id_fkey" FOREIGN KEY ("tenant_id", "fund_id") REFERENCES "funds"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "fund_positions" ADD CONSTRAINT "fund_positions_tenant_id_investor_id_fkey" FOREIGN KEY ("tenant_id", "investor_id") REFERENCES "investors"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "allocations" ADD CONSTRAINT "allocations_tenant_id_fund_id_fkey" FOREIGN KEY ("tenant_id", "fund_id") REFERENCES "funds"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "allocations" ADD CONSTRAINT "allocations_tenant_id_deal_id_fkey" FOREIGN KEY ("tenant_id", "deal_id") REFERENCES "deals"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "capital_calls" ADD CONSTRAINT "capital_calls_tenant_id_fund_id_fkey" FOREIGN KEY ("tenant_id", "fund_id") REFERENCES "funds"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "call_components" ADD CONSTRAINT "call_components_tenant_id_call_id_fkey" FOREIGN KEY ("tenant_id", "call_id") REFERENCES "capital_calls"("tenant_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "call_excuses" ADD CONSTRAINT "call_excuses_tenant_id_component_id_fkey" FOREIGN KEY ("tenant_id", "component_id") REFERENCES "call_components"("tenant_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "capital_call_lines" ADD CONSTRAINT "capital_call_lines_tenant_id_call_id_fkey" FOREIGN KEY ("tenant_id", "call_id") REFERENCES "capital_calls"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "capital_call_lines" ADD CONSTRAINT "capital_call_lines_tenant_id_investor_id_fkey" FOREIGN KEY ("tenant_id", "investor_id") REFERENCES "investors"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "bank_receipts" ADD CONSTRAINT "bank_receipts_tenant_id_fund_id_fkey" FOREIGN KEY ("tenant_id", "fund_id") REFERENCES "funds"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "payments" ADD CONSTRAINT "payments_tenant_id_fund_id_fkey" FOREIGN KEY ("tenant_id", "fund_id") REFERENCES "funds"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "payments" ADD CONSTRAINT "payments_tenant_id_investor_id_fkey" FOREIGN KEY ("tenant_id", "investor_id") REFERENCES "investors"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "distributions" ADD CONSTRAINT "distributions_tenant_id_fund_id_fkey" FOREIGN KEY ("tenant_id", "fund_id") REFERENCES "funds"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "distribution_lines" ADD CONSTRAINT "distribution_lines_tenant_id_distribution_id_fkey" FOREIGN KEY ("tenant_id", "distribution_id") REFERENCES "distributions"("tenant_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ledger_entries" ADD CONSTRAINT "ledger_entries_tenant_id_fund_id_fkey" FOREIGN KEY ("tenant_id", "fund_id") REFERENCES "funds"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ledger_lines" ADD CONSTRAINT "ledger_lines_tenant_id_entry_id_fkey" FOREIGN KEY ("tenant_id", "entry_id") REFERENCES "ledger_entries"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "nav_marks" ADD CONSTRAINT "nav_marks_tenant_id_fund_id_fkey" FOREIGN KEY ("tenant_id", "fund_id") REFERENCES "funds"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "nav_periods" ADD CONSTRAINT "nav_periods_tenant_id_fund_id_fkey" FOREIGN KEY ("tenant_id", "fund_id") REFERENCES "funds"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "nav_shares" ADD CONSTRAINT "nav_shares_tenant_id_period_id_fkey" FOREIGN KEY ("tenant_id", "period_id") REFERENCES "nav_periods"("tenant_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "fund_documents" ADD CONSTRAINT "fund_documents_tenant_id_fund_id_fkey" FOREIGN KEY ("tenant_id", "fund_id") REFERENCES "funds"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "portal_links" ADD CONSTRAINT "portal_links_tenant_id_fund_id_fkey" FOREIGN KEY ("tenant_id", "fund_id") REFERENCES "funds"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "fund_imports" ADD CONSTRAINT "fund_imports_tenant_id_fund_id_fkey" FOREIGN KEY ("tenant_id", "fund_id") REFERENCES "funds"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "reconciliation_runs" ADD CONSTRAINT "reconciliation_runs_tenant_id_fund_id_fkey" FOREIGN KEY ("tenant_id", "fund_id") REFERENCES "funds"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "reconciliation_breaks" ADD CONSTRAINT "reconciliation_breaks_tenant_id_fund_id_fkey" FOREIGN KEY ("tenant_id", "fund_id") REFERENCES "funds"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- From here on by hand.

-- Eight parts of each large table, by tenant: a statement about one firm looks at one of them. By year of posting they are
-- not parted further: nothing that is asked for hangs on it (entries are asked for by effective date, sums come from
-- ledger_balances), so every question would open every year.
DO $$
DECLARE
  target text;
BEGIN
  FOREACH target IN ARRAY ARRAY['allocations', 'capital_calls', 'capital_call_lines', 'payments', 'ledger_entries', 'ledger_lines'] LOOP
    FOR part IN 0..7 LOOP
      EXECUTE format('CREATE TABLE %I PARTITION OF %I FOR VALUES WITH (MODULUS 8, REMAINDER %s)', target || '_' || part, target, part);
      EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', target || '_' || part);
      EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', target || '_' || part);
      EXECUTE format('REVOKE ALL ON TABLE %I FROM app_platform, app_tenant', target || '_' || part);
    END LOOP;
  END LOOP;
END $$;

CALL protect_tenant_table('funds', 'SELECT, INSERT, UPDATE');
CALL protect_tenant_table('investors', 'SELECT, INSERT, UPDATE');
CALL protect_tenant_table('commitments', 'SELECT, INSERT, UPDATE');
CALL protect_tenant_table('fund_positions', 'SELECT, INSERT, UPDATE');
CALL protect_tenant_table('allocations', 'SELECT, INSERT, UPDATE');
CALL protect_tenant_table('capital_calls', 'SELECT, INSERT, UPDATE');
CALL protect_tenant_table('call_components');
CALL protect_tenant_table('call_excuses');
CALL protect_tenant_table('capital_call_lines', 'SELECT, INSERT, UPDATE');
CALL protect_tenant_table('bank_receipts', 'SELECT, INSERT, UPDATE');
CALL protect_tenant_table('payments', 'SELECT, INSERT, UPDATE');
CALL protect_tenant_table('distributions', 'SELECT, INSERT, UPDATE');
CALL protect_tenant_table('distribution_lines', 'SELECT, INSERT, UPDATE');
CALL protect_tenant_table('fund_documents', 'SELECT, INSERT, UPDATE');
CALL protect_tenant_table('portal_links', 'SELECT, INSERT, UPDATE');
CALL protect_tenant_table('fund_imports', 'SELECT, INSERT, UPDATE');
CALL protect_tenant_table('reconciliation_runs', 'SELECT, INSERT, UPDATE');
CALL protect_tenant_table('reconciliation_breaks', 'SELECT, INSERT, UPDATE');
-- Written once.
CALL protect_tenant_table('position_events', 'SELECT, INSERT');
CALL protect_tenant_table('ledger_entries', 'SELECT, INSERT');
CALL protect_tenant_table('ledger_lines', 'SELECT, INSERT');
CALL protect_tenant_table('nav_marks', 'SELECT, INSERT');
CALL protect_tenant_table('nav_periods', 'SELECT, INSERT');
CALL protect_tenant_table('nav_shares', 'SELECT, INSERT');
-- Kept by the trigger below, and by nobody else.
CALL protect_tenant_table('ledger_balances', 'SELECT');
CALL protect_tenant_table('investor_balances', 'SELECT');

-- What no writer may get wrong, whatever its rules say.
ALTER TABLE capital_call_lines ADD CONSTRAINT capital_call_lines_add_up CHECK (
  due >= 0 AND due = inside + outside AND inside >= 0 AND outside >= 0 AND recalled BETWEEN 0 AND inside
  AND applied >= 0 AND written_off >= 0 AND applied + written_off <= due AND from_prepaid BETWEEN 0 AND applied AND excess >= 0);
ALTER TABLE fund_positions ADD CONSTRAINT fund_positions_not_below_zero CHECK (
  commitment >= 0 AND fee_free BETWEEN 0 AND commitment AND called >= 0 AND called_outside >= 0 AND funded >= 0 AND funded_outside >= 0
  AND written_off >= 0 AND written_off_outside >= 0 AND released >= 0 AND distributed >= 0 AND recallable >= 0 AND prepaid >= 0);
ALTER TABLE commitments ADD CONSTRAINT commitments_not_below_zero CHECK (amount >= 0);
ALTER TABLE allocations ADD CONSTRAINT allocations_of_something CHECK (amount > 0 AND tranche > 0);
ALTER TABLE call_components ADD CONSTRAINT call_components_of_something CHECK (amount > 0);
ALTER TABLE bank_receipts ADD CONSTRAINT bank_receipts_of_something CHECK (amount > 0);
ALTER TABLE payments ADD CONSTRAINT payments_of_something CHECK (amount > 0);
ALTER TABLE ledger_lines ADD CONSTRAINT ledger_lines_of_something CHECK (amount <> 0);

-- An allocation cannot be there twice, whoever asks for it how often; a cancelled one gives its place free.
CREATE UNIQUE INDEX allocations_once ON allocations (tenant_id, fund_id, deal_id, investor_id, tranche) NULLS NOT DISTINCT
  WHERE state = 'ACTIVE';
CREATE UNIQUE INDEX allocations_by_reference ON allocations (tenant_id, fund_id, external_ref) WHERE external_ref IS NOT NULL;
CREATE UNIQUE INDEX capital_calls_by_number ON capital_calls (tenant_id, fund_id, number) WHERE number IS NOT NULL;
CREATE UNIQUE INDEX distributions_by_number ON distributions (tenant_id, fund_id, number) WHERE number IS NOT NULL;
CREATE UNIQUE INDEX payments_reversed_once ON payments (tenant_id, reverses_id) WHERE reverses_id IS NOT NULL;
-- Among all investors of one fund, subject and kind a revision is there once; of the fund itself too.
CREATE UNIQUE INDEX fund_documents_by_revision ON fund_documents (tenant_id, fund_id, kind, subject, investor_id, revision)
  NULLS NOT DISTINCT;
-- The same file again does nothing.
CREATE UNIQUE INDEX fund_imports_once ON fund_imports (tenant_id, fund_id, kind, sha256) WHERE state IN ('COMMITTING', 'COMMITTED');
CREATE UNIQUE INDEX reconciliation_breaks_open_once ON reconciliation_breaks (tenant_id, fund_id, comparison, subject)
  WHERE resolved_at IS NULL;

-- An entry and its lines are written by one transaction; later nobody adds to it.
CREATE FUNCTION stamp_ledger_entry() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  NEW.posted_in := pg_current_xact_id()::text;
  RETURN NEW;
END $$;
CREATE TRIGGER ledger_entry_stamped BEFORE INSERT ON ledger_entries FOR EACH ROW EXECUTE FUNCTION stamp_ledger_entry();

-- At the end of the transaction, so that an entry can be written in several statements.
CREATE FUNCTION check_ledger_entry() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  total numeric;
  lines bigint;
BEGIN
  SELECT sum(amount), count(*) INTO total, lines FROM public.ledger_lines
  WHERE tenant_id = NEW.tenant_id AND entry_id = NEW.id;
  IF lines < 2 OR total <> 0 THEN
    RAISE EXCEPTION 'ledger entry % does not balance: % lines, %', NEW.id, lines, total
      USING ERRCODE = 'check_violation', CONSTRAINT = 'ledger_entries_balance', TABLE = 'ledger_entries';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER ledger_entries_balance AFTER INSERT ON ledger_entries DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION check_ledger_entry();

-- Keeps control accounts and sub-ledgers. As the owner: the runtime roles can read them, and change them by lines only.
CREATE FUNCTION keep_ledger_balances() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  -- Each entry is looked up by its key (OFFSET keeps the planner from joining): nothing is known of how many were added.
  IF EXISTS (SELECT 1 FROM (SELECT DISTINCT tenant_id, entry_id, fund_id, effective_on FROM added) a
    LEFT JOIN LATERAL (SELECT * FROM public.ledger_entries e WHERE e.tenant_id = a.tenant_id AND e.id = a.entry_id OFFSET 0) e ON true
    WHERE e.posted_in IS DISTINCT FROM pg_current_xact_id()::text OR e.fund_id <> a.fund_id OR e.effective_on <> a.effective_on)
  THEN
    RAISE EXCEPTION 'a ledger entry gets its lines from the transaction that wrote it'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'ledger_lines_with_their_entry', TABLE = 'ledger_lines';
  END IF;
  INSERT INTO public.ledger_balances AS b (tenant_id, fund_id, account, month, amount)
    SELECT tenant_id, fund_id, account, date_trunc('month', effective_on)::date, sum(amount) FROM added GROUP BY 1, 2, 3, 4
    ON CONFLICT (tenant_id, fund_id, account, month) DO UPDATE SET amount = b.amount + excluded.amount;
  INSERT INTO public.investor_balances AS b (tenant_id, fund_id, investor_id, account, month, amount)
    SELECT tenant_id, fund_id, investor_id, account, date_trunc('month', effective_on)::date, sum(amount) FROM added
    WHERE investor_id <> '00000000-0000-0000-0000-000000000000' GROUP BY 1, 2, 3, 4, 5
    ON CONFLICT (tenant_id, fund_id, investor_id, account, month) DO UPDATE SET amount = b.amount + excluded.amount;
  RETURN NULL;
END $$;
REVOKE EXECUTE ON FUNCTION keep_ledger_balances FROM PUBLIC;
CREATE TRIGGER ledger_lines_summed AFTER INSERT ON ledger_lines REFERENCING NEW TABLE AS added
  FOR EACH STATEMENT EXECUTE FUNCTION keep_ledger_balances();
