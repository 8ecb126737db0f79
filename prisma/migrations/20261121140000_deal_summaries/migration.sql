-- CreateTable
CREATE TABLE "deal_summaries" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "deal_id" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "job_id" UUID,
    "input_digest" CHAR(64) NOT NULL,
    "sentences" JSONB NOT NULL DEFAULT '[]',
    "passages" JSONB NOT NULL DEFAULT '[]',
    "sources" JSONB NOT NULL DEFAULT '[]',
    "provider" TEXT NOT NULL,
    "model" TEXT,
    "error" TEXT,
    "created_by_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "ready_at" TIMESTAMPTZ(3),

    CONSTRAINT "deal_summaries_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateIndex
CREATE UNIQUE INDEX "deal_summaries_of_a_deal" ON "deal_summaries"("tenant_id", "deal_id", "number");

-- AddForeignKey
ALTER TABLE "deal_summaries" ADD CONSTRAINT "deal_summaries_tenant_id_deal_id_fkey" FOREIGN KEY ("tenant_id", "deal_id") REFERENCES "deals"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- From here on by hand.

CALL protect_tenant_table('deal_summaries', 'SELECT, INSERT, UPDATE');
