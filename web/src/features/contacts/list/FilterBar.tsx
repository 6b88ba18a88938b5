import { Button, Group, Select, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { useConditionCount } from '@/api/useConditionCount';
import { useFormats } from '@/lib/useFormats';
import { Card } from '@/ui/Card';
import { ConditionBuilder, contactScope } from '@/ui/conditions/ConditionBuilder';
import type { Condition } from '@/ui/conditions/condition';
import { askable } from '@/ui/conditions/missing';

/** Whom the table shows, as a sentence; how many it is true of stands beside it, and it can become a segment. */
export function FilterBar({
  condition,
  onChange,
  archived,
  onArchived,
}: {
  condition: Condition | undefined;
  onChange: (condition: Condition | undefined) => void;
  archived: boolean | undefined;
  onArchived: (archived: boolean | undefined) => void;
}) {
  const { t } = useTranslation();
  const { number, share } = useFormats();
  const navigate = useNavigate();
  const asked = askable(condition);
  const { data, isError } = useConditionCount(asked);
  const unfinished = isError || !asked;
  const matches = data?.matches ?? data?.about;
  return (
    <div style={{ marginBottom: 16 }}>
      <Card>
        <ConditionBuilder
          label={t('contacts.filter.who')}
          value={condition}
          onChange={onChange}
          scope={contactScope}
          counts="lines"
        />
        <Select
          mt="sm"
          w={260}
          label={t('contacts.filter.archive')}
          data={[
            { value: 'both', label: t('contacts.filter.archived.both') },
            { value: 'without', label: t('contacts.filter.archived.without') },
            { value: 'only', label: t('contacts.filter.archived.only') },
          ]}
          value={archived === undefined ? 'both' : archived ? 'only' : 'without'}
          allowDeselect={false}
          onChange={(choice) => onArchived(choice === 'both' ? undefined : choice === 'only')}
        />
        {condition && (
          <Group justify="space-between" mt="sm">
            <Text size="sm" c="var(--p-ink-2)" aria-live="polite">
              {unfinished
                ? t('contacts.filter.notFinished')
                : !data || matches === null || matches === undefined
                  ? t('contacts.filter.counting')
                  : t('contacts.filter.match', { count: matches, number: number(matches), share: share(matches, data.of) })}
            </Text>
            <Button
              variant="subtle"
              size="xs"
              disabled={unfinished}
              onClick={() => void navigate('/segments/new', { state: { condition } })}
            >
              {t('contacts.filter.saveAsSegment')}
            </Button>
          </Group>
        )}
      </Card>
    </div>
  );
}
