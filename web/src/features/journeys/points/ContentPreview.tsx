import { Skeleton, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, type Schemas, take } from '@/api/client';
import type { ProblemError } from '@/api/problem';
import { reasonText } from '@/api/reasonText';
import { ContactPicker } from '@/ui/pickers/ContactPicker';
import type { Journey } from '../definition/journey';
import classes from './forms.module.css';
import { eventLike, startingEvent } from './sampleEvent';

/**
 * The chosen e-mail as somebody would get it of whom nothing is known but an event like those that have come in lately, or as one's own choice of contact gets it. Its page can do
 * nothing: no scripts, no forms, no way out.
 */
export function ContentPreview({ name, journey }: { name: string; journey: Journey }) {
  const { t } = useTranslation();
  const event = startingEvent(journey);
  const [contact, setContact] = useState<string | null>(null);
  const preview = useQuery<Schemas['PreviewView'], ProblemError>({
    queryKey: ['content', name, 'preview', journey.name, event, contact],
    enabled: name !== '',
    retry: false,
    staleTime: 60_000,
    queryFn: async ({ signal }) => {
      const seen = event
        ? await take(api.GET('/api/v1/events/names/{name}/properties', { params: { path: { name: event } }, signal }))
        : [];
      const render = (data: Record<string, unknown> | null) =>
        take(
          api.POST('/api/v1/content/{name}/preview', {
            params: { path: { name } },
            body: { journeyName: journey.name, data, contact },
            signal,
          }),
        );
      // Without an event the names of its fields are shown: also where those that came had not all that the e-mail speaks of.
      return seen.length === 0 ? render(null) : render(eventLike(seen)).catch(() => render(null));
    },
  });
  const as = <ContactPicker label={t('points.sendEmail.previewAs')} value={contact} onChange={setContact} clearable />;
  if (name === '') return <div className={classes.previewEmpty}>{t('points.sendEmail.previewEmpty')}</div>;
  if (preview.isPending) return <Skeleton height={260} />;
  if (preview.isError)
    return (
      <div>
        {contact && <div className={classes.previewAs}>{as}</div>}
        <div className={classes.previewEmpty}>
          {t('points.sendEmail.previewFailed')}
          {preview.error.reasons.map((reason) => (
            <Text key={reason.code + reason.path} size="sm">
              {reasonText(t, reason)}
            </Text>
          ))}
        </div>
      </div>
    );
  return (
    <div>
      <div className={classes.previewAs}>{as}</div>
      <Text size="sm" fw={600} mb={6}>
        {preview.data.subject}
      </Text>
      <div className={classes.previewBox}>
        <iframe
          className={classes.preview}
          sandbox=""
          src={preview.data.frame}
          title={t('points.sendEmail.preview', { name })}
          loading="lazy"
        />
      </div>
    </div>
  );
}
