-- A night of a fund is started once, whoever looks at the clock how often.
ALTER TABLE "reconciliation_runs" ADD COLUMN "nightly" BOOLEAN NOT NULL DEFAULT false;
ALTER TABLE "reconciliation_runs" ADD COLUMN "requested_by_id" UUID;

ALTER TABLE "reconciliation_breaks" ADD COLUMN "label" TEXT NOT NULL DEFAULT '';

-- CreateTable
CREATE TABLE "call_reminders" (
    "tenant_id" UUID NOT NULL,
    "line_id" UUID NOT NULL,
    "week_of" DATE NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "call_reminders_pkey" PRIMARY KEY ("tenant_id","line_id","week_of")
);

-- AddForeignKey
ALTER TABLE "call_reminders" ADD CONSTRAINT "call_reminders_tenant_id_line_id_fkey" FOREIGN KEY ("tenant_id", "line_id") REFERENCES "capital_call_lines"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- From here on by hand.

CREATE UNIQUE INDEX reconciliation_runs_once_a_night ON reconciliation_runs (tenant_id, fund_id, as_of) WHERE nightly;
CALL protect_tenant_table('call_reminders', 'SELECT, INSERT');
