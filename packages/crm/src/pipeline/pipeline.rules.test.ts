import { defaultPipeline, type UpdatePipeline } from '@throughline/contracts'
import { describe, expect, it } from 'vitest'
import { pipelineIssues, pipelineOf, probabilitiesOf, rowsOf } from './pipeline.rules.ts'

const wanted: UpdatePipeline = {
  open: [
    { stage: 'NEGOTIATION', name: 'Haggling', probability: 100 },
    { stage: 'LEAD', name: 'New', probability: 0 },
    { stage: 'QUALIFIED', name: 'Talking', probability: 55 },
  ],
  won: 'Ours',
  lost: 'Theirs',
}

describe('a pipeline', () => {
  it('has the defaults where the firm has said nothing', () => {
    expect(pipelineOf([])).toEqual(defaultPipeline)
    const [first, second] = pipelineOf([{ stage: 'LEAD', name: 'New', position: 0, probability: 5 }])
    expect([first, second]).toMatchObject([
      { name: 'New', probability: 5 },
      { name: 'Qualified', probability: 30 },
    ])
  })

  it('has its open stages in the firm’s order, then won, then lost', () => {
    expect(pipelineOf(rowsOf(wanted)).map(({ stage, name }) => [stage, name])).toEqual([
      ['NEGOTIATION', 'Haggling'],
      ['LEAD', 'New'],
      ['QUALIFIED', 'Talking'],
      ['CLOSED_WON', 'Ours'],
      ['CLOSED_LOST', 'Theirs'],
    ])
  })

  it('honours a probability of 0 and of 100, and counts won whole and lost never', () => {
    const rows = rowsOf(wanted).map((row) =>
      row.stage === 'CLOSED_LOST' ? { ...row, probability: 40, position: 0 } : row,
    )
    expect(probabilitiesOf(pipelineOf(rows))).toEqual({
      LEAD: 0,
      QUALIFIED: 55,
      NEGOTIATION: 100,
      CLOSED_WON: 100,
      CLOSED_LOST: 0,
    })
    expect(pipelineOf(rows).at(-1)?.stage).toBe('CLOSED_LOST')
  })

  it('refuses a stage that stands twice and two stages of one name, whatever their case', () => {
    expect(pipelineIssues(wanted)).toEqual([])
    const [first, second, third] = wanted.open
    if (!first || !second || !third) throw new Error('three open stages')
    expect(pipelineIssues({ ...wanted, open: [first, { ...first, name: 'Other' }, third] })).toEqual([
      { path: 'body.open.1.stage', message: 'stands there twice' },
    ])
    expect(pipelineIssues({ ...wanted, lost: 'hAGGLING' })).toEqual([
      { path: 'body.lost', message: 'is the name of another stage too' },
    ])
  })
})
