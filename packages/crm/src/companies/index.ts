export { createCompany, getCompany, listCompanies, updateCompany } from './companies.service.ts'
