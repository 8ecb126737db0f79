// What a column of somebody else's export is called here: exports of HubSpot, Salesforce and Pipedrive, and what
// people name columns themselves in English, German, Dutch, French and Spanish.
import { type ImportField, importFields } from '@throughline/contracts'

const synonyms: Readonly<Record<ImportField, string>> = {
  externalId: `
    id, deal id, record id, opportunity id, external id, externalid, reference, ref, uuid, key, referenz,
    referentie, référence, referencia, deal nummer, deal number, identifiant, identificador`,
  title: `
    title, deal, deal name, name, deal title, opportunity, opportunity name, subject, project, titel,
    bezeichnung, geschäft, geschäftsname, verkaufschance, naam, onderwerp, dealnaam, titre, nom,
    nom de la transaction, affaire, opportunité, título, nombre, nombre del negocio, negocio, oportunidad`,
  value: `
    value, amount, deal value, deal amount, deal size, price, total, revenue, amount in company currency,
    betrag, wert, summe, umsatz, preis, auftragswert, bedrag, waarde, omzet, dealwaarde, montant, valeur,
    prix, importe, monto, valor, cantidad`,
  currency: `
    currency, currency code, deal currency, amount currency, currency of value, currency iso code, währung,
    valuta, devise, monnaie, moneda, divisa`,
  stage: `
    stage, deal stage, stage name, status, pipeline stage, phase, sales stage, stufe, dealphase,
    vertriebsphase, fase, dealfase, stadium, étape, phase de la transaction, statut, etapa,
    etapa del negocio, estado, fase del negocio`,
  priority: 'priority, deal priority, urgency, priorität, dringlichkeit, prioriteit, priorité, prioridad',
  leadSource: `
    source, lead source, original source, deal source, source channel, channel, origin, quelle, leadquelle,
    herkunft, bron, leadbron, herkomst, origine, source du lead, fuente, origen`,
  ownerEmail: `
    owner, owner email, deal owner, deal owner email, opportunity owner, opportunity owner email,
    assigned to, assignee, sales rep, responsible, besitzer, verantwortlich, zuständig, eigenaar,
    verantwoordelijke, propriétaire, responsable, propietario, e mail des besitzers`,
  companyName: `
    company, company name, account, account name, organization, organisation, organization name, customer,
    client, associated company, firma, firmenname, unternehmen, kunde, organisatie, bedrijf, bedrijfsnaam,
    klant, entreprise, société, client nom, empresa, nombre de la empresa, cliente, compañía`,
  companyDomain: `
    domain, company domain, company domain name, website, web site, url, company website, webseite, domein,
    domaine, site web, dominio, sitio web`,
  contactName: `
    contact, contact name, contact person, person, full name, primary contact, associated contact,
    ansprechpartner, kontakt, kontaktperson, kontaktname, contactpersoon, contactnaam, personne,
    nom du contact, interlocuteur, contacto, persona de contacto, nombre del contacto`,
  contactEmail: `
    email, e mail, contact email, email address, person email, mail, contact e mail, emailadresse,
    e mail adresse, e mailadres, emailadres, courriel, adresse email, adresse e mail, correo,
    correo electrónico, email work, person email work`,
  expectedCloseDate: `
    expected close date, close date, closing date, expected close, expected closing, due date, deadline,
    abschlussdatum, erwartetes abschlussdatum, voraussichtlicher abschluss, sluitingsdatum,
    verwachte sluitingsdatum, date de clôture, date de fermeture, clôture prévue, fecha de cierre,
    fecha de cierre prevista, cierre previsto`,
  notes: `
    notes, note, description, comment, comments, remarks, next step, notizen, notiz, beschreibung,
    bemerkung, kommentar, opmerkingen, notities, omschrijving, toelichting, remarques, commentaire, notas,
    descripción, comentarios`,
}

/** Letters and digits only, without accents and case: `Deal - Título` is `deal titulo`. */
export const plain = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()

/** The names in a list like `stage, deal stage`, plain. */
export const namesIn = (list: string): string[] => list.split(',').map(plain)

const fieldByName: ReadonlyMap<string, ImportField> = new Map(
  importFields.flatMap((field) => namesIn(synonyms[field]).map((name) => [name, field] as const)),
)

/** Pipedrive puts the kind of record first: `Deal - Title`, `Person - Email`. */
const withoutRecord = (name: string): string => name.replace(/^(deal|geschaft|affaire|negocio) (?=\S)/, '')

const fieldOf = (header: string): ImportField | undefined => {
  const name = plain(header)
  return fieldByName.get(name) ?? fieldByName.get(withoutRecord(name))
}

/** A column of names is no use where an address is wanted: most of what is in it must look like one. */
const looksRight = (field: ImportField, cells: readonly string[]): boolean => {
  if (field !== 'ownerEmail' && field !== 'contactEmail') return true
  const filled = cells.filter((cell) => cell.trim() !== '')
  return filled.filter((cell) => cell.includes('@')).length * 2 >= filled.length
}

/** One field a column, in order; null for a column that says nothing known. No field twice: the first column has it. */
export function proposeMapping(
  headers: readonly string[],
  rows: readonly (readonly string[])[],
): (ImportField | null)[] {
  const taken = new Set<ImportField>()
  return headers.map((header, column) => {
    const field = fieldOf(header)
    if (!field || taken.has(field)) return null
    if (
      !looksRight(
        field,
        rows.map((row) => row[column] ?? ''),
      )
    )
      return null
    taken.add(field)
    return field
  })
}
