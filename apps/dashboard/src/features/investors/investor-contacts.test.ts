import { describe, expect, it } from 'vitest'
import { contactsOf, contactsText } from './investor-contacts.ts'

describe('contacts of an investor', () => {
  it('are a name and an address a line, with a minus for no notices, and read back as they were', () => {
    const text = 'Ann Lee ann@pension.example\n- Bob bob@pension.example\ndesk@pension.example'
    const contacts = contactsOf(text)
    expect(contacts).toEqual([
      { name: 'Ann Lee', email: 'ann@pension.example', notices: true },
      { name: 'Bob', email: 'bob@pension.example', notices: false },
      { name: 'desk@pension.example', email: 'desk@pension.example', notices: true },
    ])
    expect(contactsText(contacts)).toBe(text)
  })

  it('take an address in angle brackets, and leave one that is missing for the API to refuse', () => {
    expect(contactsOf('Ann <ann@x.example>')).toMatchObject([{ name: 'Ann', email: 'ann@x.example' }])
    expect(contactsOf('Only a name')).toMatchObject([{ name: 'Only a name', email: '' }])
  })
})
