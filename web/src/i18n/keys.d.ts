import 'i18next';
import type conditions from './en/conditions.json';
import type contacts from './en/contacts.json';
import type content from './en/content.json';
import type create from './en/create.json';
import type frame from './en/frame.json';
import type imports from './en/imports.json';
import type journeys from './en/journeys.json';
import type lists from './en/lists.json';
import type map from './en/map.json';
import type points from './en/points.json';
import type profile from './en/profile.json';
import type reasons from './en/reasons.json';
import type sandbox from './en/sandbox.json';
import type segments from './en/segments.json';
import type session from './en/session.json';
import type settings from './en/settings.json';
import type tasks from './en/tasks.json';
import type versions from './en/versions.json';

/** A key that the English texts do not have is an error of types. Each new file of texts gets its line here. */
interface Texts {
  conditions: typeof conditions;
  contacts: typeof contacts;
  content: typeof content;
  create: typeof create;
  frame: typeof frame;
  imports: typeof imports;
  journeys: typeof journeys;
  lists: typeof lists;
  map: typeof map;
  points: typeof points;
  profile: typeof profile;
  reasons: typeof reasons;
  sandbox: typeof sandbox;
  segments: typeof segments;
  session: typeof session;
  settings: typeof settings;
  tasks: typeof tasks;
  versions: typeof versions;
}

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'translation';
    returnNull: false;
    resources: { translation: Texts };
  }
}
