import { copyText, proposeOptions } from '@throughline/cells'
import { describe, expect, it } from 'vitest'
import { proposeMapping } from './import-headers.rules.ts'
import { parseDomain, parseEmail, parsePriority, parseStage, splitContact } from './import-values.rules.ts'

describe('other cells', () => {
  it.each([
    ['closed won', 'CLOSED_WON'],
    ['ClosedWon', 'CLOSED_WON'],
    ['CLOSED_LOST', 'CLOSED_LOST'],
    ['Négociation', 'NEGOTIATION'],
    ['Proposal/Price Quote', 'NEGOTIATION'],
    ['appointmentscheduled', 'LEAD'],
    ['Gekwalificeerd', 'QUALIFIED'],
    ['Ganado', 'CLOSED_WON'],
  ])('stage %j is %s', (cell, stage) => expect(parseStage(cell)).toBe(stage))
  it.each([
    [() => parseStage('Limbo'), 'Stage'],
    [() => parsePriority('whatever'), 'Priority'],
    [() => parseEmail('jane at acme'), 'E-mail'],
    [() => parseDomain('not a domain'), 'Domain'],
  ])('what nobody knows is refused with its name', (parse, name) => expect(parse).toThrow(name))
  it('e-mails and domains are brought into one form', () => {
    expect(parseEmail(' Jane@ACME.com ')).toBe('jane@acme.com')
    expect(parseDomain('https://www.Acme.com:443/about?x=1')).toBe('acme.com')
    expect(splitContact('Jane Doe (jane@acme.com)')).toEqual({ name: 'Jane Doe', email: 'jane@acme.com' })
    expect(splitContact('Jane Doe')).toEqual({ name: 'Jane Doe' })
  })
})

describe('the proposed mapping', () => {
  const map = (headers: string, row = '') => proposeMapping(headers.split(';'), [row.split(';')], { kind: 'DEAL' })
  it.each([
    [
      'HubSpot',
      'Record ID;Deal Name;Deal Stage;Close Date;Deal owner;Amount;Currency;Associated Company;Pipeline',
      ['externalId', 'title', 'stage', 'expectedCloseDate', 'ownerEmail', 'value', 'currency', 'companyName', null],
    ],
    [
      'Salesforce',
      'Opportunity Name;Account Name;Stage;Amount;Close Date;Lead Source;Next Step;Probability (%)',
      ['title', 'companyName', 'stage', 'value', 'expectedCloseDate', 'leadSource', 'notes', 'probability'],
    ],
    [
      'Pipedrive',
      'Deal - ID;Deal - Title;Deal - Value;Deal - Currency;Deal - Stage;Deal - Organization;Deal - Contact person;Person - Email;Deal - Expected close date',
      [
        'externalId',
        'title',
        'value',
        'currency',
        'stage',
        'companyName',
        'contactName',
        'contactEmail',
        'expectedCloseDate',
      ],
    ],
    [
      'German',
      'Titel;Betrag;Währung;Phase;Firma;Ansprechpartner;E-Mail;Abschlussdatum;Notizen',
      [
        'title',
        'value',
        'currency',
        'stage',
        'companyName',
        'contactName',
        'contactEmail',
        'expectedCloseDate',
        'notes',
      ],
    ],
    [
      'Dutch',
      'Naam;Bedrag;Valuta;Fase;Bedrijf;Contactpersoon;Sluitingsdatum',
      ['title', 'value', 'currency', 'stage', 'companyName', 'contactName', 'expectedCloseDate'],
    ],
    [
      'French',
      'Titre;Montant;Devise;Étape;Entreprise;Courriel;Date de clôture',
      ['title', 'value', 'currency', 'stage', 'companyName', 'contactEmail', 'expectedCloseDate'],
    ],
    [
      'Spanish',
      'Nombre;Importe;Moneda;Etapa;Empresa;Correo electrónico;Fecha de cierre',
      ['title', 'value', 'currency', 'stage', 'companyName', 'contactEmail', 'expectedCloseDate'],
    ],
  ])('knows the columns of %s', (_name, headers, expected) => expect(map(headers)).toEqual(expected))
  it('gives no field twice, and no column of names where addresses belong', () => {
    expect(map('Title;Deal Name;Foo')).toEqual(['title', null, null])
    expect(map('Title;Deal owner', 'A;Jane Doe')).toEqual(['title', null])
    expect(map('Title;Deal owner', 'A;jane@acme.com')).toEqual(['title', 'ownerEmail'])
  })
})

describe('the proposed style', () => {
  it.each([
    [['1.250,50'], ['31.12.2024'], ';', { decimal: 'comma', dateOrder: 'dmy' }],
    [['1,250.50'], ['12/31/2024'], ',', { decimal: 'point', dateOrder: 'mdy' }],
    [['1250'], ['2024-12-31'], ',', { decimal: 'point', dateOrder: 'ymd' }],
    [['12,50'], ['01/02/2024', '13/02/2024'], ',', { decimal: 'comma', dateOrder: 'dmy' }],
    [['1250'], [], ';', { decimal: 'comma', dateOrder: 'ymd' }],
    [['1.250.000'], [], ',', { decimal: 'comma', dateOrder: 'ymd' }],
    [['1.250'], ['04.09.2024'], ';', { decimal: null, dateOrder: null }],
    [['1,250'], ['04/09/2024'], ',', { decimal: null, dateOrder: null }],
    [['1,250', '12.5'], ['04/09/2024', '09/23/2024'], ',', { decimal: 'point', dateOrder: 'mdy' }],
    [['1'], ['23/09/2024', '09/23/2024'], ',', { decimal: 'point', dateOrder: null }],
  ] as const)('of %j and %j with %j', (amounts, dates, delimiter, expected) => {
    expect(proposeOptions({ amounts, dates, delimiter })).toEqual(expected)
  })
})

it('COPY text has no bare tab, newline or backslash', () => {
  expect(copyText('a\tb\nc\\d\re')).toBe('a\\tb\\nc\\\\d\\re')
  expect(copyText(null)).toBe('\\N')
  expect(copyText('\\N')).toBe('\\\\N')
})
