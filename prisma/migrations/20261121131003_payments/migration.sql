-- A match of a receipt that a person has taken back, and receipts found by what a gateway calls them.

-- AlterEnum
ALTER TYPE "PaymentKind" ADD VALUE 'UNMATCH';

-- CreateIndex
CREATE INDEX "bank_receipts_of_a_source" ON "bank_receipts"("tenant_id", "source_id");
