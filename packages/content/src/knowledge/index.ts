export { createKnowledgeDocument, listKnowledge, readKnowledge } from './knowledge.service.ts'
