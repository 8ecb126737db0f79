-- AlterTable
ALTER TABLE "distribution_lines" ADD COLUMN     "carry" DECIMAL(18,2) NOT NULL DEFAULT 0;

-- AlterTable
ALTER TABLE "nav_shares" ADD COLUMN     "carry_to_date" DECIMAL(18,2) NOT NULL DEFAULT 0,
ADD COLUMN     "contributions_to_date" DECIMAL(18,2) NOT NULL DEFAULT 0,
ADD COLUMN     "distributions_to_date" DECIMAL(18,2) NOT NULL DEFAULT 0,
ADD COLUMN     "fees_to_date" DECIMAL(18,2) NOT NULL DEFAULT 0,
ADD COLUMN     "income_to_date" DECIMAL(18,2) NOT NULL DEFAULT 0,
ADD COLUMN     "unrealised_to_date" DECIMAL(18,2) NOT NULL DEFAULT 0;

-- What a fund holds: entries about deals, and no call of a thousand investors that happens to name one.
CREATE INDEX ledger_entries_of_holdings ON ledger_entries (tenant_id, fund_id, deal_id, effective_on)
  WHERE source_kind IN ('investment', 'nav_mark');
