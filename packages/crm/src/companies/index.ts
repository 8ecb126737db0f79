export { createCompany, createContact, listCompanies, listContacts } from './companies.service.ts'
