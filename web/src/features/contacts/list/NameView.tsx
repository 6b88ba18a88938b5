import { Button, Group, Modal, Stack, Switch, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

interface Props {
  title: string;
  name?: string;
  shared?: boolean;
  mayShare?: boolean;
  busy: boolean;
  onName: (name: string, shared: boolean) => void;
  onClose: () => void;
}

const lengthMax = 60;

/** What a view is called, and who sees it. */
export function NameView({ title, name: was = '', shared: wasShared = false, mayShare = true, busy, onName, onClose }: Props) {
  const { t } = useTranslation();
  const [name, setName] = useState(was);
  const [shared, setShared] = useState(wasShared);
  return (
    <Modal opened onClose={onClose} title={title} closeButtonProps={{ 'aria-label': t('frame.close') }}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (name.trim()) onName(name.trim(), shared);
        }}
      >
        <Stack gap="md">
          <TextInput
            label={t('contacts.views.name')}
            value={name}
            maxLength={lengthMax}
            onChange={(event) => setName(event.currentTarget.value)}
            data-autofocus
          />
          {mayShare && (
            <Switch
              label={t('contacts.views.shareSwitch')}
              checked={shared}
              onChange={(event) => setShared(event.currentTarget.checked)}
            />
          )}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              {t('frame.cancel')}
            </Button>
            <Button type="submit" loading={busy} disabled={!name.trim()}>
              {t('frame.save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
