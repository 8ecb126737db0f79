import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { copyText } from './copy-text.ts'
import { proposeMapping } from './import-headers.rules.ts'
import { proposeOptions } from './import-style.rules.ts'
import {
  parseCurrency,
  parseDate,
  parseDomain,
  parseEmail,
  parseMoney,
  parsePriority,
  parseStage,
  splitContact,
} from './import-values.rules.ts'

describe('an amount', () => {
  it.each([
    ['1250', 'point', '1250.00'],
    ['1,250.5', 'point', '1250.50'],
    ['$1,250,000.00', 'point', '1250000.00'],
    ['EUR 12', 'point', '12.00'],
    ["1'250.00", 'point', '1250.00'],
    ['007.10', 'point', '7.10'],
    ['1.5000', 'point', '1.50'],
    ['1.250,50', 'comma', '1250.50'],
    ['1 250,50 €', 'comma', '1250.50'],
    ['12,5', 'comma', '12.50'],
    ['9999999999999999.99', 'point', '9999999999999999.99'],
  ] as const)('%j with a decimal %s is %s', (cell, decimal, expected) => {
    expect(parseMoney(cell, decimal)).toBe(expected)
  })
  it.each([
    ['(100.00)', 'point', 'brackets'],
    ['1e6', 'point', 'scientific'],
    ['1.5E+3', 'point', 'scientific'],
    ['1.250,50', 'point', 'style of this file'],
    ['1,250.50', 'comma', 'style of this file'],
    ['12,34', 'point', 'style of this file'],
    ['-5', 'point', 'negative'],
    ['1.005', 'point', 'two decimals'],
    ['1.250', 'point', 'two decimals'],
    ['1,250', 'comma', 'two decimals'],
    ['99999999999999999', 'point', 'too large'],
    ['about 5', 'point', 'not a number'],
    ['1,2,3', 'point', 'not a number'],
  ] as const)('%j with a decimal %s is refused: %s', (cell, decimal, reason) => {
    expect(() => parseMoney(cell, decimal)).toThrow(reason)
  })
  it('comes back as it was written, in either style', () => {
    const amount = fc.tuple(fc.bigInt({ min: 0n, max: 10n ** 16n - 1n }), fc.integer({ min: 0, max: 99 }))
    fc.assert(
      fc.property(amount, fc.boolean(), ([whole, cents], isGrouped) => {
        const tail = String(cents).padStart(2, '0')
        const written = (group: string, point: string) =>
          `${isGrouped ? String(whole).replace(/\B(?=(\d{3})+$)/g, group) : whole}${point}${tail}`
        expect(parseMoney(written(',', '.'), 'point')).toBe(`${whole}.${tail}`)
        expect(parseMoney(written('.', ','), 'comma')).toBe(`${whole}.${tail}`)
      }),
    )
  })
})

describe('a date', () => {
  it.each([
    ['2025-01-31', 'dmy', '2025-01-31'],
    ['2025-01-31T23:30:00Z', 'mdy', '2025-01-31'],
    ['2025-01-31 09:00', 'mdy', '2025-01-31'],
    ['04.09.2024', 'dmy', '2024-09-04'],
    ['4/9/2024', 'mdy', '2024-04-09'],
    ['24-08-2024', 'dmy', '2024-08-24'],
    ['2024/08/24', 'ymd', '2024-08-24'],
    ['29.02.2024', 'dmy', '2024-02-29'],
  ] as const)('%j as %s is %s', (cell, order, expected) => expect(parseDate(cell, order)).toBe(expected))
  it.each([
    ['24/08/2024', 'mdy'],
    ['08/24/2024', 'dmy'],
    ['29.02.2025', 'dmy'],
    ['31.04.2025', 'dmy'],
    ['1.2.24', 'dmy'],
    ['tomorrow', 'ymd'],
    ['45678', 'ymd'],
    ['2025-13-01', 'ymd'],
  ] as const)('%j as %s is refused', (cell, order) => expect(() => parseDate(cell, order)).toThrow(/Date/))
  it('comes back as it was written, in every order', () => {
    const day = fc.date({ min: new Date('1900-01-01'), max: new Date('2199-12-31'), noInvalidDate: true })
    fc.assert(
      fc.property(day, (date) => {
        const iso = date.toISOString().slice(0, 10)
        const [y, m, d] = iso.split('-')
        expect([
          parseDate(`${d}.${m}.${y}`, 'dmy'),
          parseDate(`${m}/${d}/${y}`, 'mdy'),
          parseDate(`${y}/${m}/${d}`, 'ymd'),
        ]).toEqual([iso, iso, iso])
      }),
    )
  })
})

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
    [() => parseCurrency('$'), 'Currency'],
    [() => parseCurrency('ZZQ'), 'Currency'],
    [() => parseEmail('jane at acme'), 'E-mail'],
    [() => parseDomain('not a domain'), 'Domain'],
  ])('what nobody knows is refused with its name', (parse, name) => expect(parse).toThrow(name))
  it('e-mails and domains are brought into one form', () => {
    expect(parseEmail(' Jane@ACME.com ')).toBe('jane@acme.com')
    expect(parseDomain('https://www.Acme.com:443/about?x=1')).toBe('acme.com')
    expect(splitContact('Jane Doe (jane@acme.com)')).toEqual({ name: 'Jane Doe', email: 'jane@acme.com' })
    expect(splitContact('Jane Doe')).toEqual({ name: 'Jane Doe' })
    expect(parseCurrency('eur')).toBe('EUR')
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
