export { describeAddress } from './describe-address.ts';
export { sameIdentity } from './identity.ts';
export { connect } from './session.ts';
export { targetsOf } from './targets-of.ts';
