import { codes as coreCodes } from '../codes.ts';
import { settingCodes } from '../controller-settings.ts';
import { distrustCodes } from '../distrust.ts';
import { streamCodes } from '../streams.ts';
import { defaultCodes, preservedCodes } from '../default-codes.ts';
import { answerCodes } from './answers.ts';
import { backendCodes } from './backend.ts';
import { backendTlsCodes } from './backend-tls.ts';
import { balancingCodes } from './balancing.ts';
import { blockListCodes } from './block-list.ts';
import { canaryCodes } from './canary.ts';
import { clientCertificateCodes } from './client-certificate.ts';
import { corsCodes } from './cors.ts';
import { headerCodes } from './headers.ts';
import { lossCodes } from './losses.ts';
import { otherCodes } from './others.ts';
import { pathAnswerCodes } from './path-answers.ts';
import { protectionCodes } from './protections.ts';
import { redirectCodes } from './redirects.ts';
import { refusalCodes } from './refusals.ts';
import { rewriteCodes } from './rewrite.ts';
import { tlsCipherCodes } from './tls-ciphers.ts';
import { trafficCodes } from './traffic.ts';

/** Codes of the core and of the standard lowerings; a target that uses them adds its own. */
export const codes = {
  ...coreCodes,
  ...defaultCodes,
  ...preservedCodes,
  ...settingCodes,
  ...streamCodes,
  ...protectionCodes,
  ...clientCertificateCodes,
  ...distrustCodes,
  ...redirectCodes,
  ...rewriteCodes,
  ...headerCodes,
  ...refusalCodes,
  ...pathAnswerCodes,
  ...corsCodes,
  ...blockListCodes,
  ...canaryCodes,
  ...trafficCodes,
  ...backendCodes,
  ...backendTlsCodes,
  ...balancingCodes,
  ...answerCodes,
  ...tlsCipherCodes,
  ...lossCodes,
  ...otherCodes,
};
