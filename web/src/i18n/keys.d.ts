import 'i18next';
import type frame from './en/frame.json';
import type journeys from './en/journeys.json';

/** A key that the English texts do not have is an error of types. Each new file of texts gets its line here. */
declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'translation';
    returnNull: false;
    resources: { translation: { frame: typeof frame; journeys: typeof journeys } };
  }
}
