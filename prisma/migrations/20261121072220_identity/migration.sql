-- CreateEnum
CREATE TYPE "LinkPurpose" AS ENUM ('EMAIL_VERIFICATION', 'PASSWORD_RESET', 'INVITATION', 'IMPERSONATION');

-- CreateEnum
CREATE TYPE "GatewayPaymentState" AS ENUM ('PENDING', 'PROCESSING', 'SUCCEEDED', 'FAILED', 'REFUNDED', 'DISPUTED');

-- AlterTable
ALTER TABLE "tenants" ADD COLUMN     "require_second_factor" BOOLEAN NOT NULL DEFAULT false;

-- AlterTable
ALTER TABLE "users" DROP COLUMN "revoke_before",
ADD COLUMN     "email_verified_at" TIMESTAMPTZ(3),
ADD COLUMN     "password_changed_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP;

-- AlterTable
ALTER TABLE "members" ADD COLUMN     "disabled_at" TIMESTAMPTZ(3),
ADD COLUMN     "version" INTEGER NOT NULL DEFAULT 1;

-- AlterTable
ALTER TABLE "sessions" ADD COLUMN     "ends_at" TIMESTAMPTZ(3) NOT NULL DEFAULT (now() + interval '30 days'),
ADD COLUMN     "impersonation_reason" TEXT,
ADD COLUMN     "impersonator_id" UUID;

-- CreateTable
CREATE TABLE "second_factors" (
    "user_id" UUID NOT NULL,
    "secret" TEXT NOT NULL,
    "confirmed_at" TIMESTAMPTZ(3),
    "last_step" BIGINT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "second_factors_pkey" PRIMARY KEY ("user_id")
);

-- CreateTable
CREATE TABLE "recovery_codes" (
    "user_id" UUID NOT NULL,
    "code_hash" TEXT NOT NULL,
    "used_at" TIMESTAMPTZ(3),

    CONSTRAINT "recovery_codes_pkey" PRIMARY KEY ("user_id","code_hash")
);

-- CreateTable
CREATE TABLE "link_tokens" (
    "id" UUID NOT NULL,
    "purpose" "LinkPurpose" NOT NULL,
    "token_hash" TEXT NOT NULL,
    "user_id" UUID,
    "tenant_id" UUID,
    "invitation_id" UUID,
    "session_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "used_at" TIMESTAMPTZ(3),

    CONSTRAINT "link_tokens_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "invitations" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "email" TEXT NOT NULL,
    "role" "TenantRole" NOT NULL,
    "invited_by_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "accepted_at" TIMESTAMPTZ(3),
    "revoked_at" TIMESTAMPTZ(3),

    CONSTRAINT "invitations_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateTable
CREATE TABLE "api_keys" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "secret_hash" TEXT NOT NULL,
    "hint" TEXT NOT NULL,
    "scopes" TEXT[],
    "created_by_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3),
    "last_used_at" TIMESTAMPTZ(3),
    "revoked_at" TIMESTAMPTZ(3),
    "replaced_by_id" UUID,

    CONSTRAINT "api_keys_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateTable
CREATE TABLE "payment_events" (
    "tenant_id" UUID NOT NULL,
    "provider" TEXT NOT NULL,
    "event_id" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "object_id" TEXT,
    "body" TEXT NOT NULL,
    "received_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "deliveries" INTEGER NOT NULL DEFAULT 1,
    "processed_at" TIMESTAMPTZ(3),
    "outcome" TEXT,

    CONSTRAINT "payment_events_pkey" PRIMARY KEY ("tenant_id","provider","event_id")
);

-- CreateTable
CREATE TABLE "gateway_payments" (
    "tenant_id" UUID NOT NULL,
    "provider" TEXT NOT NULL,
    "object_id" TEXT NOT NULL,
    "state" "GatewayPaymentState" NOT NULL,
    "amount" DECIMAL(18,2) NOT NULL,
    "currency" CHAR(3) NOT NULL,
    "reference" TEXT,
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "gateway_payments_pkey" PRIMARY KEY ("tenant_id","provider","object_id")
);

-- CreateIndex
CREATE UNIQUE INDEX "link_tokens_token_hash_key" ON "link_tokens"("token_hash");

-- CreateIndex
CREATE INDEX "link_tokens_of_a_user" ON "link_tokens"("user_id", "purpose");

-- CreateIndex
CREATE INDEX "link_tokens_to_purge" ON "link_tokens"("expires_at");

-- CreateIndex
CREATE INDEX "invitations_newest_first" ON "invitations"("tenant_id", "id" DESC);

-- CreateIndex
CREATE INDEX "api_keys_newest_first" ON "api_keys"("tenant_id", "id" DESC);

-- CreateIndex
CREATE INDEX "payment_events_of_an_object" ON "payment_events"("tenant_id", "provider", "object_id");

-- AddForeignKey
ALTER TABLE "second_factors" ADD CONSTRAINT "second_factors_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "recovery_codes" ADD CONSTRAINT "recovery_codes_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "link_tokens" ADD CONSTRAINT "link_tokens_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- From here on by hand: what Prisma's schema language cannot say.

-- Whoever is there has signed in before addresses were verified.
UPDATE users SET email_verified_at = created_at;

CALL protect_tenant_table('invitations', 'SELECT, INSERT, UPDATE');
CALL protect_tenant_table('api_keys', 'SELECT, INSERT, UPDATE');
CALL protect_tenant_table('payment_events', 'SELECT, INSERT, UPDATE');
CALL protect_tenant_table('gateway_payments', 'SELECT, INSERT, UPDATE');
GRANT UPDATE (role, disabled_at, version, updated_at) ON TABLE members TO app_tenant;
GRANT UPDATE (require_second_factor) ON TABLE tenants TO app_tenant;

-- Asking the same person twice is one open invitation.
CREATE UNIQUE INDEX invitations_one_open_per_email ON invitations (tenant_id, email)
  WHERE accepted_at IS NULL AND revoked_at IS NULL;
CREATE INDEX sessions_lately_revoked ON sessions (revoked_at) WHERE revoked_at IS NOT NULL;

-- Tenant work cannot see sessions and second factors, which belong to people and not to firms. These three doors
-- open just what an administrator of a firm needs, for the tenant that the connection is bound to and no other.
CREATE FUNCTION end_member_sessions(member_id uuid) RETURNS SETOF uuid
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  UPDATE public.sessions SET revoked_at = now()
  WHERE user_id = member_id AND revoked_at IS NULL
    AND tenant_id = NULLIF(current_setting('app.tenant_id', true), '')::uuid
  RETURNING id
$$;
CREATE FUNCTION end_sessions_without_second_factor() RETURNS SETOF uuid
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  UPDATE public.sessions s SET revoked_at = now()
  WHERE revoked_at IS NULL AND tenant_id = NULLIF(current_setting('app.tenant_id', true), '')::uuid
    AND NOT EXISTS (SELECT 1 FROM public.second_factors f WHERE f.user_id = s.user_id AND f.confirmed_at IS NOT NULL)
  RETURNING id
$$;
CREATE FUNCTION member_security() RETURNS TABLE (member_id uuid, second_factor boolean, last_used_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT m.id,
    EXISTS (SELECT 1 FROM public.second_factors f WHERE f.user_id = m.id AND f.confirmed_at IS NOT NULL),
    (SELECT max(s.last_used_at) FROM public.sessions s
      WHERE s.user_id = m.id AND s.tenant_id = m.tenant_id AND s.impersonator_id IS NULL)
  FROM public.members m WHERE m.tenant_id = NULLIF(current_setting('app.tenant_id', true), '')::uuid
$$;
REVOKE EXECUTE ON FUNCTION end_member_sessions, end_sessions_without_second_factor, member_security FROM PUBLIC;
GRANT EXECUTE ON FUNCTION end_member_sessions, end_sessions_without_second_factor, member_security TO app_tenant;
