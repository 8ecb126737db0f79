-- A repair of the reconciliation: control accounts and sub-ledgers of a fund are folded anew from its lines. Nothing can be said to it but
-- the fund: the runtime role still cannot write a balance. Of the tenant that the connection serves, and of no other.
CREATE FUNCTION rebuild_ledger_balances(fund uuid) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  tenant CONSTANT uuid NOT NULL := NULLIF(current_setting('app.tenant_id', true), '')::uuid;
BEGIN
  PERFORM 1 FROM public.funds WHERE tenant_id = tenant AND id = fund FOR UPDATE;
  DELETE FROM public.ledger_balances WHERE tenant_id = tenant AND fund_id = fund;
  DELETE FROM public.investor_balances WHERE tenant_id = tenant AND fund_id = fund;
  INSERT INTO public.ledger_balances (tenant_id, fund_id, account, month, amount)
    SELECT tenant, fund, account, date_trunc('month', effective_on)::date, sum(amount) FROM public.ledger_lines
    WHERE tenant_id = tenant AND fund_id = fund GROUP BY 3, 4;
  INSERT INTO public.investor_balances (tenant_id, fund_id, investor_id, account, month, amount)
    SELECT tenant, fund, investor_id, account, date_trunc('month', effective_on)::date, sum(amount) FROM public.ledger_lines
    WHERE tenant_id = tenant AND fund_id = fund AND investor_id <> '00000000-0000-0000-0000-000000000000' GROUP BY 3, 4, 5;
END $$;
REVOKE EXECUTE ON FUNCTION rebuild_ledger_balances FROM PUBLIC;
GRANT EXECUTE ON FUNCTION rebuild_ledger_balances TO app_tenant;
