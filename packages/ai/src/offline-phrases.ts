// The offline writer's stock: `{topic}`, `{audience}` and `{keyword}` are filled in from the brief.

export type Register = 'measured' | 'warm'

export interface Passage {
  heading: string
  paragraphs: string[]
}

export const openings: Record<Register, string[]> = {
  measured: [
    'Most writing about {topic} begins with a conclusion. This note begins with the question that {audience} ask us first: what would we have to believe for it to matter, and how would we find out that we were wrong?',
    'There is a version of {topic} that fits on a slide, and a version that survives contact with a portfolio. We are interested in the second. For {audience}, the difference shows up late, and it is expensive when it does.',
    'We have changed our minds about {topic} more than once. What follows is where we stand now, written for {audience}, with the reasons set out plainly enough that they can be disagreed with.',
  ],
  warm: [
    'If you work with {audience}, you have had the conversation about {topic}. Somebody has a strong opinion, somebody else has a spreadsheet, and an hour later nobody has decided anything. Let us try to do better than that.',
    'Here is a small confession: we used to get {topic} wrong. Not badly, just slowly. This is the short version of what we would tell {audience} today, over coffee and without the slides.',
    'Nobody wakes up excited about {topic}. But get it right and a surprising number of other things get easier for {audience}. So let us walk through it, one idea at a time.',
  ],
}

export const passages: Record<Register, Passage[]> = {
  measured: [
    {
      heading: 'What {keyword} changes',
      paragraphs: [
        'The first effect of {keyword} is on timing. A decision that can be made in stages need not be made at once, and a commitment that can be paused is worth more than one that cannot. We look for the point at which an answer stops being reversible, and try to arrive there knowing more than we do today.',
        'The second effect is on size. {audience} rarely regret a position because it was wrong; they regret it because it was large when it was wrong. Treating {keyword} as a limit on size, before it is an argument for return, keeps the two questions apart.',
      ],
    },
    {
      heading: 'The case against',
      paragraphs: [
        'A fair account has to say why a sensible reader might decline. {topic} asks for patience, and patience has a cost that does not appear on any invoice. Where the alternative is liquid and cheap, that cost deserves a number, a date and an owner.',
        'There is also the matter of evidence. Much of what is said about {keyword} comes from periods that flatter it. We discount those periods, and we ask what the same approach would have done in the years that nobody puts in a chart.',
      ],
    },
    {
      heading: 'How we would measure it',
      paragraphs: [
        'We prefer one figure that is looked at every quarter to ten that are looked at once. For {keyword}, that figure should be simple enough to compute by hand and unwelcome often enough to be believed.',
        'It should also have a date attached. A measure without a date is an opinion; with one, it is a test. {audience} can hold us to a test, and we would rather be held to it than praised for a narrative.',
      ],
    },
    {
      heading: 'What we do in practice',
      paragraphs: [
        'In our own work {topic} comes down to a short list that is written before the first meeting and not after the last one. It says what we need to see, what would make us stop, and who is allowed to say so.',
        'The list is dull, and that is its merit. When {keyword} becomes urgent there is little time for original thought, and a page that was written calmly is worth more than an argument that is being won quickly.',
      ],
    },
  ],
  warm: [
    {
      heading: 'Start with {keyword}, but start small',
      paragraphs: [
        'Pick the smallest version of {keyword} that could possibly teach you something. Not the roadmap, not the platform: one change, for one week, with one person who will tell you the truth. Most teams skip this step because it feels too easy. That is exactly why it works.',
        'A founder we know tried it with her three oldest customers. Two of them shrugged. The third asked a question that changed the plan for the whole quarter, and it cost her a single phone call.',
      ],
    },
    {
      heading: 'The part everybody skips',
      paragraphs: [
        'Write down what you expect to happen before it happens. One line is enough. When it comes to {topic}, memory is a generous editor: after the fact, we all knew it. A line with a date on it keeps us honest, and it makes the next decision about {keyword} a good deal quicker.',
        'It also makes the conversation kinder. You are no longer arguing about who was right; you are both looking at the same sentence and wondering why the world did something else.',
      ],
    },
    {
      heading: 'Where it usually goes wrong',
      paragraphs: [
        'It goes wrong when {keyword} becomes somebody’s whole job before it is anybody’s habit. {audience} do not need another owner, they need ten minutes in a meeting that they already have.',
        'And it goes wrong when the measure is too polite. If your number for {topic} never makes you wince, it is decoration. Choose one that occasionally ruins a Monday.',
      ],
    },
    {
      heading: 'An example you can borrow',
      paragraphs: [
        'Say you have a pipeline of forty conversations and time for ten. Sort them by how much you would learn rather than by how much you would earn, and look at the top of the list again with {keyword} in mind. The order changes more than you would think.',
        'Do that on Friday, and on Monday you have a plan for {topic} that fits on an index card. Keep the card. It is more useful than the deck.',
      ],
    },
  ],
}

export const transitions = [
  'Our own notes put it this way, in',
  'We have written this down before, in',
  'The point is made well in',
]

export const conclusions: Record<Register, string[]> = {
  measured: [
    'None of this makes {topic} simple. It makes it discussable: a question with a size, a date and somebody who will answer for it. That is as much as we would ask of any idea that deserves capital.',
    'Our view is that {topic} rewards those who decide slowly and act once. For {audience}, the sensible next step is a conversation about limits, held before there is anything to limit.',
  ],
  warm: [
    'Choose one conversation that you have been putting off, and have it with {keyword} on the table. Write one line beforehand about what you expect. Compare on Friday. That is the whole method.',
    'Take the smallest idea in this post and try it before the week is out. If it works, you will know what to do next about {topic}; if it does not, you will have lost an hour and gained a story.',
  ],
}

export const closings: Record<Register, string[]> = {
  measured: ['We will return to this in a year and say what we got wrong.', 'As ever, we are glad to be argued with.'],
  warm: [
    'And if it goes sideways, tell us. We collect those stories too.',
    'Let us know how it goes. We read every answer.',
  ],
}
