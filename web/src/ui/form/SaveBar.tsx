import { Button, Group } from '@mantine/core';
import { useTranslation } from 'react-i18next';

/** Saves a form; there only while something is changed. */
export function SaveBar({
  dirty,
  busy,
  onCancel,
  saveText,
}: {
  dirty: boolean;
  busy: boolean;
  onCancel: () => void;
  saveText?: string;
}) {
  const { t } = useTranslation();
  if (!dirty) return null;
  return (
    <Group mt="lg" gap="xs">
      <Button type="submit" loading={busy}>
        {saveText ?? t('frame.save')}
      </Button>
      <Button variant="subtle" color="gray" onClick={onCancel}>
        {t('frame.cancel')}
      </Button>
    </Group>
  );
}
