import 'i18next';
import type conditions from './en/conditions.json';
import type contacts from './en/contacts.json';
import type content from './en/content.json';
import type frame from './en/frame.json';
import type imports from './en/imports.json';
import type journeys from './en/journeys.json';
import type lists from './en/lists.json';
import type map from './en/map.json';
import type points from './en/points.json';
import type profile from './en/profile.json';
import type reasons from './en/reasons.json';
import type sandbox from './en/sandbox.json';
import type session from './en/session.json';
import type settings from './en/settings.json';

/** A key that the English texts do not have is an error of types. Each new file of texts gets its line here. */
interface Texts {
  points: typeof points;
  map: typeof map;
  conditions: typeof conditions;
  contacts: typeof contacts;
  content: typeof content;
  frame: typeof frame;
  imports: typeof imports;
  journeys: typeof journeys;
  lists: typeof lists;
  profile: typeof profile;
  reasons: typeof reasons;
  sandbox: typeof sandbox;
  session: typeof session;
  settings: typeof settings;
}

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'translation';
    returnNull: false;
    resources: { translation: Texts };
  }
}
