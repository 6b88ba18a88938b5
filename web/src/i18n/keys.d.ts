import 'i18next';
import type contacts from './en/contacts.json';
import type frame from './en/frame.json';
import type journeys from './en/journeys.json';
import type profile from './en/profile.json';
import type reasons from './en/reasons.json';
import type session from './en/session.json';

/** A key that the English texts do not have is an error of types. Each new file of texts gets its line here. */
interface Texts {
  contacts: typeof contacts;
  frame: typeof frame;
  journeys: typeof journeys;
  profile: typeof profile;
  reasons: typeof reasons;
  session: typeof session;
}

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'translation';
    returnNull: false;
    resources: { translation: Texts };
  }
}
