-- AlterTable
ALTER TABLE "jobs" ADD COLUMN     "impersonator_id" UUID;
