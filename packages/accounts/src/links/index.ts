export {
  issueLink,
  type LinkPurpose,
  type LinkTarget,
  purgeLinks,
  readLink,
  takeLink,
  voidLinks,
} from './links.repo.ts'
