import { Alert, Button, Group, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { IconBraces, IconListDetails } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useBlocker, useLocation, useNavigate, useSearchParams } from 'react-router';
import { reasonText } from '@/api/reasonText';
import { Card } from '@/ui/Card';
import { ConditionBuilder, contactScope } from '@/ui/conditions/ConditionBuilder';
import type { Condition } from '@/ui/conditions/condition';
import { conditionText } from '@/ui/conditions/conditionText';
import { useTelling } from '@/ui/conditions/telling';
import { SaveBar } from '@/ui/form/SaveBar';
import { useLeaveGuard } from '@/ui/form/useLeaveGuard';
import { Notice } from '@/ui/Notice';
import { toastSaved } from '@/ui/toasts';
import { ConditionAsText } from './ConditionAsText';
import { SegmentCount } from './SegmentCount';
import classes from './SegmentEditor.module.css';
import { type Segment, useSaveSegment } from './useSegments';

/**
 * The sentence at the left, how many it is true of at the right. A new condition fills anew once it is saved. What somebody else saves
 * meanwhile is shown at once where nothing is changed here; else it waits until one says which of the two it shall be.
 */
export function SegmentEditor({ segment: now }: { segment: Segment | null }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const save = useSaveSegment();
  const telling = useTelling();
  /** What was begun with. */
  const [segment, setSegment] = useState(now);
  const [description, setDescription] = useState(segment?.description ?? '');
  // A filter of the contacts, or the queue of a point, may have become the beginning of a segment.
  const brought = useLocation().state as { condition?: Condition; name?: string } | null;
  const asked = useSearchParams()[0].get('name');
  const [name, setName] = useState((!segment && (brought?.name ?? asked)) || '');
  const [condition, setCondition] = useState<Condition | undefined>(
    (segment ? (segment.condition as Condition | null) : brought?.condition) ?? undefined,
  );
  const [saved, setSaved] = useState(false);
  const [asText, setAsText] = useState(false);
  const dirty =
    !saved &&
    (name !== '' ||
      description !== (segment?.description ?? '') ||
      JSON.stringify(condition) !== JSON.stringify(segment?.condition ?? undefined));
  const theirs = now && segment && now.revision > segment.revision ? now : undefined;
  const begin = (other: Segment) => {
    setSegment(other);
    setDescription(other.description ?? '');
    setCondition((other.condition as Condition | null) ?? undefined);
  };
  if (theirs && !dirty && !save.isPending) begin(theirs);
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
          toastSaved(t('segments.saved'));
          if (segment) begin(made);
          else {
            setSaved(true);
            await navigate(`/segments/${encodeURIComponent(made.name)}`);
          }
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
          {theirs && dirty && (
            <Notice tone="warning" title={t('segments.changedMeanwhile')}>
              <Text size="sm">{t('segments.changedText')}</Text>
              <Text size="sm" mt={6}>
                {theirs.condition ? conditionText(theirs.condition as Condition, telling) : ''}
              </Text>
              <Group gap="xs" mt="sm">
                <Button size="xs" variant="default" onClick={() => begin(theirs)}>
                  {t('segments.takeTheirs')}
                </Button>
                <Button size="xs" variant="default" onClick={() => setSegment(theirs)}>
                  {t('segments.keepMine')}
                </Button>
              </Group>
            </Notice>
          )}
          {save.error && !(theirs && dirty) && (
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
          {asText ? (
            <ConditionAsText value={condition} onChange={setCondition} />
          ) : (
            <ConditionBuilder
              label={t('segments.who')}
              value={condition}
              onChange={setCondition}
              scope={contactScope}
              counts="lines"
            />
          )}
          <Button
            variant="subtle"
            size="compact-sm"
            w="fit-content"
            leftSection={asText ? <IconListDetails size={15} aria-hidden /> : <IconBraces size={15} aria-hidden />}
            onClick={() => setAsText(!asText)}
          >
            {t(asText ? 'segments.asSentence' : 'segments.asText')}
          </Button>
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
      <SegmentCount segment={now} condition={condition} dirty={dirty} />
    </form>
  );
}
