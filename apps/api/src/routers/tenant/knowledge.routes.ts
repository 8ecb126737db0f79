import { createKnowledgeDocument, listKnowledge } from '@throughline/content'
import {
  createKnowledgeDocument as documentBody,
  knowledgeDocumentPage,
  knowledgeDocumentView,
  pageQuery,
} from '@throughline/contracts'
import { refusals, type TypedApp } from '../typed.ts'

const tags = ['content']

/** What the firm wants its agents to know. */
export function registerKnowledgeRoutes(app: TypedApp): void {
  app.get(
    '/knowledge',
    {
      config: { permission: 'knowledge:read' },
      schema: {
        tags,
        summary: 'Documents, newest first',
        querystring: pageQuery,
        response: { 200: knowledgeDocumentPage, ...refusals },
      },
    },
    (request) => listKnowledge(request.ctx, request.query),
  )
  app.post(
    '/knowledge',
    {
      config: { permission: 'knowledge:update' },
      schema: {
        tags,
        summary: 'Add a document',
        body: documentBody,
        response: { 201: knowledgeDocumentView, ...refusals },
      },
    },
    async (request, reply) => {
      reply.code(201)
      return createKnowledgeDocument(request.ctx, request.body)
    },
  )
}
