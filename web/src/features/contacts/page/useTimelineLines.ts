import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '@/api/client';
import { journeyNamesQuery } from '@/api/queries';
import { useValueText } from '@/ui/useValueText';
import { noteEvent } from './useContact';
import { usePointName } from './usePointName';

export type LineKind = 'event' | 'note' | 'change' | 'segment' | 'journey';

export interface Line {
  kind: LineKind;
  what: string;
  more?: string;
}

const VALUES_MAX = 4;

/** What one moment of a contact's life brought, in sentences: the event, then what it changed, then where it led. */
export function useTimelineLines(): (item: Schemas['TimelineView']) => readonly Line[] {
  const { t, i18n } = useTranslation();
  const valueText = useValueText();
  const pointName = usePointName();
  const journeys = useQuery(journeyNamesQuery).data;

  const event = ({ event: name, properties, origin }: Schemas['TimelineView']): Line[] => {
    if (!name) return [];
    if (name === noteEvent && properties && typeof properties === 'object' && 'text' in properties) {
      const { text, by } = properties as { text: unknown; by?: unknown };
      return [
        {
          kind: 'note',
          what: valueText(text),
          more: by ? t('contacts.note.by', { by: valueText(by) }) : t('contacts.note.byJourney'),
        },
      ];
    }
    const values = properties && typeof properties === 'object' ? Object.entries(properties) : [];
    const said = values.slice(0, VALUES_MAX).map(([key, value]) => t('contacts.line.value', { key, value: valueText(value) }));
    if (values.length > VALUES_MAX) said.push(t('contacts.line.moreValues', { count: values.length - VALUES_MAX }));
    if (origin && origin !== 'live') said.push(t(`contacts.origin.${origin}`));
    return [{ kind: 'event', what: name, more: said.join(' · ') }];
  };

  const change = ({ kind, name, before, after }: Schemas['ChangeView']): Line => {
    const ofJourney = kind === 'journeyLeft' || kind === 'journeyBarred' || kind === 'journeyUnbarred';
    const isSegment = kind === 'segmentEntered' || kind === 'segmentLeft';
    return {
      kind: isSegment ? 'segment' : 'change',
      what: t(`contacts.change.${kind as 'tagAdded'}`, {
        name: ofJourney ? (journeys?.get(name)?.name ?? name) : name,
        defaultValue: name,
      }),
      more:
        kind === 'journeyLeft'
          ? t(`contacts.outcome.${after as 'successful'}`)
          : kind === 'propertySet'
            ? t('contacts.change.fromTo', { before: valueText(before), after: valueText(after) })
            : kind === 'consentChanged'
              ? t('contacts.change.fromTo', { before: consent(before), after: consent(after) })
              : undefined,
    };
  };
  const consent = (state: unknown) =>
    state === 'given' || state === 'refused' || state === 'unknown' ? t(`contacts.consent.${state}`) : valueText(state);

  // Of a point with one way out the way says nothing.
  const edgeText = (edge: string | null | undefined) =>
    !edge || edge === 'next' ? '' : t(`contacts.edge.${edge}` as 'contacts.edge.timeout', { defaultValue: edge });

  const trail = ({ journey, version, steps }: Schemas['TrailView']): Line => {
    const stops = steps.map(({ point, edge, detail }) => {
      const name = pointName(journey, point);
      const way = [...new Set([edgeText(edge), detail])].filter(Boolean).join(', ');
      return edge === null || edge === undefined
        ? t('contacts.line.waits', { point: name })
        : way
          ? t('contacts.line.stop', { point: name, way })
          : name;
    });
    return {
      kind: 'journey',
      what: t('contacts.line.journey', { name: journeys?.get(journey)?.name ?? journey, version }),
      more: stops.join(' → '),
    };
  };

  return (item) => {
    const changes = (item.changes ?? []).map(change);
    const lines = [...event(item), ...changes, ...(item.journeys ?? []).map(trail)];
    return lines.length > 0 ? lines : [{ kind: 'change', what: t('contacts.line.nothing', { lng: i18n.language }) }];
  };
}
