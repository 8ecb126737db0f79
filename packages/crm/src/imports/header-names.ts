// What people and other systems call a column, in English, German, Dutch, French and Spanish. Data; the rules that read
// it are in import-headers.rules.ts.
import type { RecordKind, StandardField } from '@throughline/contracts'

const owner = `
    owner, owner email, assigned to, assignee, sales rep, responsible, besitzer, verantwortlich, zuständig, eigenaar,
    verantwoordelijke, propriétaire, responsable, propietario, e mail des besitzers, company owner, contact owner`
const tags = 'tags, tag, labels, label, keywords, schlagworte, stichworte, trefwoorden, étiquettes, etiquetas'
const companyName = `
    company, company name, account, account name, organization, organisation, organization name, customer,
    client, associated company, primary associated company, firma, firmenname, unternehmen, kunde, organisatie, bedrijf,
    bedrijfsnaam, klant, entreprise, société, client nom, empresa, nombre de la empresa, cliente, compañía`
const domain = `
    domain, company domain, company domain name, website, web site, website url, url, company website, webseite,
    domein, domaine, site web, dominio, sitio web`
const externalId = `
    id, record id, external id, externalid, reference, ref, uuid, key, referenz, referentie, référence, referencia,
    identifiant, identificador`

/** Names of each field, by what the rows of a file are. */
export const headerNames: Readonly<Record<RecordKind, Readonly<Partial<Record<StandardField, string>>>>> = {
  DEAL: {
    externalId: `${externalId}, deal id, opportunity id, deal nummer, deal number`,
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
    probability: 'probability, deal probability, win probability, wahrscheinlichkeit, kans, probabilité, probabilidad',
    ownerEmail: `${owner}, deal owner, deal owner email, opportunity owner, opportunity owner email`,
    companyName,
    companyDomain: domain,
    people: 'people, other contacts, contacts, contact roles, weitere kontakte, andere contacten, autres contacts',
    lostReason: `
      lost reason, closed lost reason, loss reason, reason lost, verlustgrund, reden verlies, raison de la perte,
      motivo de pérdida`,
    tags,
  },
  COMPANY: {
    externalId: `${externalId}, company id, account id, organization id`,
    name: `${companyName}, name, naam, nom, nombre`,
    domain,
    industry: 'industry, sector, branch, branche, industrie, secteur, sector de actividad, bedrijfstak',
    size: `
      size, company size, employees, number of employees, employee count, mitarbeiter, mitarbeiterzahl,
      anzahl mitarbeiter, aantal medewerkers, effectif, nombre d employés, empleados, número de empleados`,
    country: 'country, country region, billing country, land, pays, país',
    ownerEmail: `${owner}, account owner`,
    tags,
  },
  CONTACT: {
    externalId: `${externalId}, contact id, person id`,
    name: `
      name, full name, contact, contact name, person, person name, ansprechpartner, kontakt, kontaktname, vollständiger name,
      naam, volledige naam, nom, nom complet, nombre, nombre completo`,
    email: `
      email, e mail, email address, e mail address, contact email, work email, mail, person email, emailadresse,
      e mail adresse, e mailadres, emailadres, courriel, adresse email, adresse e mail, correo, correo electrónico`,
    otherEmails: 'other emails, other e mails, additional emails, secondary email, weitere e mails, andere e mails',
    phones: `
      phone, phones, phone number, mobile, mobile phone, telephone, telefon, telefonnummer, mobil, telefoon,
      telefoonnummer, téléphone, teléfono, móvil`,
    jobTitle: `
      job title, title, position, role, function, titel, berufsbezeichnung, functie, fonction, poste, cargo, puesto`,
    source: 'source, lead source, original source, contact source, quelle, herkunft, bron, origine, fuente, origen',
    consent:
      'consent, marketing consent, opt in, gdpr consent, einwilligung, toestemming, consentement, consentimiento',
    companyName,
    companyDomain: domain,
    ownerEmail: owner,
    tags,
  },
}
