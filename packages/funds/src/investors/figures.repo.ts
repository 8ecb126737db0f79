// `standing` of the rules as SQL, for many investors at once: what follows from kept positions on the day that it is in
// the zone of their fund. A test holds both to the same figures.
import { type Sql, sql } from '@throughline/db'
import { currenciesWithoutDecimals } from '../currency-digits.ts'

/** Funds with the day that it is there, and how many minor units their currency has. @param funds a select of whole rows */
export const datedFunds = (funds: Sql, now: Date): Sql => sql`
  (select *, (${now}::timestamptz at time zone time_zone)::date as today,
    case when currency = any(${currenciesWithoutDecimals}::text[]) then 1 else 100 end as units from (${funds}) funds)`

/** JSON keeps minor units, which yen have none below. */
const amountsOf = (part: Sql, condition: Sql): Sql => sql`coalesce((select sum((each ->> 'amount')::numeric)
  from jsonb_array_elements(p.recallables -> ${part}) each where ${condition}), 0) / f.units`

/**
 * Rows of positions `p` of a dated fund `f`, as `s` with what follows from them.
 * @param condition on `p`
 */
export const standings = (condition: Sql): Sql => sql`
  (select r.*, (r.commitment - r.called - r.released + r.recalled + r.open)::numeric(18, 2) as uncalled,
    greatest(r.called - r.funded - r.written_off, 0)
      + greatest(r.called_outside - r.funded_outside - r.written_off_outside, 0) as outstanding
  from (
    select p.*, case when p.recallable = 0 then 0 else ${amountsOf(sql`'recalls'`, sql`true`)} end as recalled,
      (case when p.recallable = 0 then 0 else ${amountsOf(
        sql`'lots'`,
        sql`coalesce(each ->> 'expiresOn', 'infinity')::date >= f.today`,
      )} end)::numeric(18, 2) as open
    from fund_positions p where p.tenant_id = f.tenant_id and p.fund_id = f.id and ${condition}
  ) r)`

/** `PositionFigures` of one row `s`. */
export const figuresJson = sql`json_build_object('commitment', s.commitment::text, 'feeFree', s.fee_free::text,
  'called', s.called::text, 'calledOutside', s.called_outside::text, 'uncalled', s.uncalled::text,
  'paidIn', (s.funded + s.funded_outside)::text, 'outstanding', s.outstanding::text, 'released', s.released::text,
  'distributed', s.distributed::text, 'recallable', s.open::text, 'prepaid', s.prepaid::text)`

/** `FundTotals` of all rows `s`: sums are added up, not each row before. */
export const totalsJson = sql`json_build_object('investors', count(*)::int,
  'commitment', coalesce(sum(s.commitment), 0)::numeric(18, 2)::text,
  'called', coalesce(sum(s.called), 0)::numeric(18, 2)::text,
  'calledOutside', coalesce(sum(s.called_outside), 0)::numeric(18, 2)::text,
  'uncalled', coalesce(sum(s.commitment) - sum(s.called) - sum(s.released) + sum(s.recalled) + sum(s.open), 0)::numeric(18, 2)::text,
  'paidIn', coalesce(sum(s.funded) + sum(s.funded_outside), 0)::numeric(18, 2)::text,
  'outstanding', coalesce(sum(s.outstanding), 0)::numeric(18, 2)::text,
  'prepaid', coalesce(sum(s.prepaid), 0)::numeric(18, 2)::text,
  'distributed', coalesce(sum(s.distributed), 0)::numeric(18, 2)::text)`
