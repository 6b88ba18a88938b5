import { Stack, Switch, TagsInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { tagsQuery } from '@/api/queries';
import { Card } from '@/ui/Card';
import type { Wishes } from './useImports';

/** What happens to those who come in. By default no journey starts from an import. */
export function WhenItGoesIn({
  tags,
  startJourneys,
  onChange,
}: {
  tags: readonly string[];
  startJourneys: boolean;
  onChange: (wishes: Wishes) => void;
}) {
  const { t } = useTranslation();
  const known = useQuery(tagsQuery).data?.map(({ name }) => name) ?? [];
  return (
    <Card title={t('imports.when')}>
      <Stack gap="md">
        <TagsInput
          label={t('imports.tagEveryone')}
          data={known}
          value={[...tags]}
          onChange={(value) => onChange({ tags: value })}
        />
        <Switch
          label={t('imports.startJourneys')}
          description={t('imports.startJourneysHint')}
          checked={startJourneys}
          onChange={(event) => onChange({ startJourneys: event.currentTarget.checked })}
        />
      </Stack>
    </Card>
  );
}
