import type { Schemas } from '@/api/client';
import type { Journey, SendWindow } from '../definition/journey';

type Cap = Schemas['DocumentViewOfCapBody'];
type Quiet = Schemas['DocumentViewOfQuietBody'];

/** Something that holds messages of a journey back: how many e-mails wait then, and how many are skipped. */
export type Hold = ({ of: 'cap'; cap: Cap } | { of: 'quiet'; quiet: Quiet } | { of: 'window'; window: SendWindow }) & {
  key: string;
  waits: number;
  skips: number;
};

/** What of the installation's caps and quiet hours, and of the journey's own hours, concerns its e-mails. Facts, no forecast. */
export function holdsOf(journey: Journey, caps: readonly Cap[], quiets: readonly Quiet[]): Hold[] {
  const usual = journey.settings?.email ?? {};
  const mails = Object.values(journey.points).flatMap((point) =>
    point.kind === 'sendEmail'
      ? [
          {
            isMarketing: (point.purpose ?? usual.purpose ?? 'marketing') === 'marketing',
            topic: point.topic ?? usual.topic,
            window: point.window ?? usual.window,
            whenCapped: point.whenCapped ?? usual.whenCapped,
            whenQuiet: point.whenQuiet ?? usual.whenQuiet,
          },
        ]
      : [],
  );
  type Mail = (typeof mails)[number];
  const counted = (concerned: readonly Mail[], isSkipped: (mail: Mail) => boolean) => {
    const skips = concerned.filter(isSkipped).length;
    return { waits: concerned.length - skips, skips };
  };
  const windows = new Map<string, { window: SendWindow; mails: Mail[] }>();
  for (const mail of mails) {
    if (!mail.window || Object.keys(mail.window).length === 0) continue;
    const key = JSON.stringify(mail.window);
    windows.set(key, { window: mail.window, mails: [...(windows.get(key)?.mails ?? []), mail] });
  }
  return [
    ...caps.map((cap): Hold => {
      const topic = cap.value?.topic ?? '*';
      const concerned = mails.filter((mail) => mail.isMarketing && (topic === '*' || topic === mail.topic));
      return { of: 'cap', cap, key: `cap ${cap.id}`, ...counted(concerned, ({ whenCapped }) => whenCapped === 'skip') };
    }),
    ...quiets.map((quiet): Hold => {
      const concerned = mails.filter((mail) => quiet.value?.purpose === 'all' || mail.isMarketing);
      return { of: 'quiet', quiet, key: `quiet ${quiet.id}`, ...counted(concerned, ({ whenQuiet }) => whenQuiet === 'skip') };
    }),
    ...[...windows].map(
      ([key, { window, mails: concerned }]): Hold => ({
        of: 'window',
        window,
        key,
        ...counted(concerned, () => window.outside === 'skip'),
      }),
    ),
  ].filter(({ waits, skips }) => waits + skips > 0);
}
