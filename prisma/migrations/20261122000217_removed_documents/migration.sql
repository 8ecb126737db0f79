-- An upload that somebody takes away: who and when stays written down; its file is closed, and deleted by a schedule later.
ALTER TABLE "fund_documents" ADD COLUMN     "removed_at" TIMESTAMPTZ(3),
ADD COLUMN     "removed_by_id" UUID;
-- What investors are told is kept.
ALTER TABLE fund_documents ADD CONSTRAINT fund_documents_removed_uploads CHECK (removed_at IS NULL OR kind = 'UPLOAD');

ALTER TABLE "files" ADD COLUMN     "closed_at" TIMESTAMPTZ(3);
CREATE INDEX files_closed ON files (tenant_id, closed_at) WHERE closed_at IS NOT NULL;
