-- AlterTable
ALTER TABLE "distributions" ADD COLUMN     "waterfall" JSONB;
