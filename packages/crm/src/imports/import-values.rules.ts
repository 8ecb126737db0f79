// What one cell says. A cell that can be read in two ways is refused with a reason, never guessed.
import { namesIn, plain, quoted, refuse } from '@throughline/cells'
import { type DealPriority, type DealStage, dealPriorities, dealStages } from '@throughline/contracts'
import * as z from 'zod'

const stageNames: Readonly<Record<DealStage, string>> = {
  LEAD: `
    lead, new, open, prospect, prospecting, new lead, lead in, inquiry, appointment scheduled,
    appointmentscheduled, neu, interessent, offen, nieuw, nouveau, piste, nuevo, potencial`,
  QUALIFIED: `
    qualified, qualification, qualified to buy, qualifiedtobuy, contact made, contacted, discovery,
    needs analysis, needs defined, demo scheduled, presentation scheduled, presentationscheduled, meeting,
    id decision makers, qualifiziert, gekwalificeerd, qualifie, cualificado, calificado`,
  NEGOTIATION: `
    negotiation, negotiating, negotiation review, negotiations started, proposal, proposal made,
    proposal sent, proposal price quote, quote, quote sent, value proposition, perception analysis,
    decision maker bought in, decisionmakerboughtin, contract sent, contractsent, verhandlung, angebot,
    onderhandeling, offerte, negociation, proposition, negociacion, propuesta`,
  CLOSED_WON: `
    closed won, closedwon, won, win, signed, gewonnen, abgeschlossen, gagne, gagnee, ganado, ganada,
    cerrado ganado`,
  CLOSED_LOST: 'closed lost, closedlost, lost, loss, verloren, perdu, perdue, perdido, perdida, cerrado perdido',
}
const priorityNames: Readonly<Record<DealPriority, string>> = {
  LOW: 'low, niedrig, gering, laag, basse, faible, baja, cold',
  MEDIUM: 'medium, normal, mittel, gemiddeld, normaal, moyenne, moyen, media, warm',
  HIGH: 'high, hoch, hoog, haute, elevee, alta, hot',
  URGENT: 'urgent, critical, dringend, kritisch, urgente, critique, critica',
}

/** The key itself counts as one of its names: `CLOSED_WON`. */
export const lookup = <K extends string>(
  keys: readonly K[],
  names: Readonly<Record<K, string>>,
): ReadonlyMap<string, K> =>
  new Map(keys.flatMap((key) => [plain(key), ...namesIn(names[key])].map((name) => [name, key] as const)))
const stages = lookup(dealStages, stageNames)
const priorities = lookup(dealPriorities, priorityNames)

/** @throws CellError for a stage that nobody knows */
export const parseStage = (cell: string): DealStage =>
  stages.get(plain(cell)) ?? refuse(`Stage ${quoted(cell)} is not known.`)

/** @throws CellError */
export const parsePriority = (cell: string): DealPriority =>
  priorities.get(plain(cell)) ?? refuse(`Priority ${quoted(cell)} is not known.`)

const email = z.email().max(254)
/** In lower case. @throws CellError */
export function parseEmail(cell: string): string {
  const text = cell
    .trim()
    .replace(/^mailto:/i, '')
    .toLowerCase()
  return email.safeParse(text).success ? text : refuse(`E-mail ${quoted(cell)} is not an address.`)
}

/** Lower case, without scheme, www, port or path. @throws CellError */
export function parseDomain(cell: string): string {
  const text = cell
    .trim()
    .toLowerCase()
    .replace(/^[a-z]+:\/\//, '')
    .replace(/^www\./, '')
    .replace(/[/:?#].*$/, '')
  return /^[\p{L}\p{N}-]+(\.[\p{L}\p{N}-]+)+$/u.test(text) && text.length <= 253
    ? text
    : refuse(`Domain ${quoted(cell)} is not one like acme.com.`)
}

/** Text as it is, without blanks around it. @throws CellError over `max` characters */
export function parseText(cell: string, name: string, max: number): string {
  const text = cell.trim()
  return text.length <= max ? text : refuse(`${name} has ${text.length} characters; ${max} are possible.`)
}

/** `Jane Doe <jane@acme.com>` and `Jane Doe (jane@acme.com)`, as HubSpot writes associated contacts. */
export function splitContact(cell: string): { name: string; email?: string } {
  const [, name, address] = /^(.*?)\s*[<(]([^\s<>()]+@[^\s<>()]+)[>)]$/.exec(cell.trim()) ?? []
  return address ? { name: name ?? '', email: address } : { name: cell.trim() }
}
