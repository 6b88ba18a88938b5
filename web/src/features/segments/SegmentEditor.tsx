import { Alert, Button, Group, Stack, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useBlocker, useLocation, useNavigate, useSearchParams } from 'react-router';
import { reasonText } from '@/api/reasonText';
import { Card } from '@/ui/Card';
import { ConditionBuilder, contactScope } from '@/ui/conditions/ConditionBuilder';
import type { Condition } from '@/ui/conditions/condition';
import { SaveBar } from '@/ui/form/SaveBar';
import { useLeaveGuard } from '@/ui/form/useLeaveGuard';
import { toastSaved } from '@/ui/toasts';
import { SegmentCount } from './SegmentCount';
import classes from './SegmentEditor.module.css';
import { type Segment, useSaveSegment } from './useSegments';

/** The sentence at the left, how many it is true of at the right. A new condition fills anew once it is saved. */
export function SegmentEditor({ segment }: { segment: Segment | null }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const save = useSaveSegment();
  const [description, setDescription] = useState(segment?.description ?? '');
  // A filter of the contacts, or the queue of a point, may have become the beginning of a segment.
  const brought = useLocation().state as { condition?: Condition; name?: string } | null;
  const asked = useSearchParams()[0].get('name');
  const [name, setName] = useState((!segment && (brought?.name ?? asked)) || '');
  const [condition, setCondition] = useState<Condition | undefined>(
    (segment ? (segment.condition as Condition | null) : brought?.condition) ?? undefined,
  );
  const [saved, setSaved] = useState(false);
  const dirty =
    !saved &&
    (name !== '' ||
      description !== (segment?.description ?? '') ||
      JSON.stringify(condition) !== JSON.stringify(segment?.condition ?? undefined));
  useLeaveGuard(
    useBlocker(
      ({ currentLocation, nextLocation }) => dirty && !save.isPending && currentLocation.pathname !== nextLocation.pathname,
    ),
    dirty,
  );

  const reset = () => {
    setDescription(segment?.description ?? '');
    setCondition((segment?.condition as Condition | null) ?? undefined);
  };
  const submit = () =>
    save.mutate(
      {
        name: segment?.name ?? name.trim(),
        revision: segment?.revision ?? null,
        body: { condition: condition ?? {}, description: description.trim() || null },
      },
      {
        onSuccess: async (made) => {
          setSaved(true);
          toastSaved(t('segments.saved'));
          if (!segment) await navigate(`/segments/${encodeURIComponent(made.name)}`);
        },
      },
    );
  const refusals = save.error?.reasons ?? [];
  return (
    <form
      className={classes.panes}
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <Card>
        <Stack gap="md">
          {save.error && (
            <Alert
              color="red"
              role="alert"
              title={t(
                save.error.status === 412
                  ? 'segments.conflict'
                  : save.error.status === 428
                    ? 'segments.taken'
                    : 'segments.refused',
              )}
            >
              {refusals.map((reason) => (
                <div key={reason.path + reason.code}>{reasonText(t, reason)}</div>
              ))}
            </Alert>
          )}
          {!segment && (
            <TextInput
              label={t('segments.name')}
              description={t('segments.nameHint')}
              required
              withAsterisk={false}
              data-autofocus
              value={name}
              onChange={(event) => setName(event.currentTarget.value)}
            />
          )}
          <ConditionBuilder
            label={t('segments.who')}
            value={condition}
            onChange={setCondition}
            scope={contactScope}
            counts="lines"
          />
          <Textarea
            label={t('segments.description')}
            autosize
            minRows={1}
            value={description}
            onChange={(event) => setDescription(event.currentTarget.value)}
          />
          {segment ? (
            <SaveBar dirty={dirty} busy={save.isPending} onCancel={reset} saveText={t('segments.makeLive')} />
          ) : (
            <Group>
              <Button type="submit" loading={save.isPending} disabled={!condition || !name.trim()}>
                {t('segments.makeLive')}
              </Button>
            </Group>
          )}
        </Stack>
      </Card>
      <SegmentCount segment={segment} condition={condition} dirty={dirty} />
    </form>
  );
}
