export {
  beginOwnSecondFactor,
  confirmOwnSecondFactor,
  disableOwnSecondFactor,
  type OwnSession,
  ownSecondFactor,
  renewOwnRecoveryCodes,
} from './own-account.service.ts'
