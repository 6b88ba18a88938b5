import { useQueries, useQuery } from '@tanstack/react-query';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { journeyNamesQuery, journeyQuery } from '@/api/queries';

interface Definition {
  start?: { id?: string; name?: string; kind?: string }[];
  points?: Record<string, { name?: string; kind?: string; content?: string } | undefined>;
}

/** What a journey calls a point: its name, else the e-mail that it sends, or what kind it is, else its id. */
export function usePointName(): (journey: string, point: string | null | undefined) => string {
  const { t } = useTranslation();
  const journeys = useQuery(journeyNamesQuery).data;
  const ids = [...(journeys?.keys() ?? [])].slice(0, 100);
  const definitions = useQueries({
    queries: ids.map((id) => journeyQuery(id)),
    combine: (results) =>
      new Map(results.map(({ data }, index) => [ids[index] ?? '', data?.definition as Definition | undefined])),
  });
  return useCallback(
    (journey, point) => {
      if (!point) return '';
      const definition = definitions.get(journey);
      const found = definition?.points?.[point];
      const start = definition?.start?.find(({ id }) => id === point);
      if (found?.kind === 'sendEmail' && found.content) return found.name ?? found.content;
      if (found?.kind) return found.name ?? t(`points.kind.${found.kind}` as 'points.kind.delay', { defaultValue: point });
      if (start?.kind)
        return start.name ?? t(`points.startKind.${start.kind}` as 'points.startKind.hand', { defaultValue: point });
      return found?.name ?? point;
    },
    [definitions, t],
  );
}
