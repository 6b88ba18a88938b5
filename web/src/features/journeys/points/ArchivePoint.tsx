import { Text } from '@mantine/core';
import { IconArchive } from '@tabler/icons-react';
import type { PointOf } from '../definition/journey';
import type { PointFormProps, PointView } from './kind';

/** Archives the contact; nothing can follow. */
export const archivePoint: PointView<'archive'> = {
  kind: 'archive',
  group: 'actions',
  shape: 'end',
  icon: IconArchive,
  create: () => ({ kind: 'archive' }),
  title: (_, { t }) => t('points.archive.title'),
  Form: ArchiveForm,
};

function ArchiveForm({ telling }: PointFormProps<PointOf<'archive'>>) {
  const { t } = telling;
  return (
    <>
      <Text size="sm">{t('points.archive.text')}</Text>
      <Text size="sm" c="var(--p-ink-2)" mt={8}>
        {t('points.archive.hint')}
      </Text>
    </>
  );
}
