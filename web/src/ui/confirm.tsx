import { Text } from '@mantine/core';
import { modals } from '@mantine/modals';

/** Asks before what cannot be undone. The title is the question, the button its verb. */
export function confirm({
  title,
  text,
  button,
  cancel,
  onConfirm,
  onCancel,
}: {
  title: string;
  text: string;
  button: string;
  cancel: string;
  onConfirm: () => void;
  onCancel?: () => void;
}): void {
  modals.openConfirmModal({
    title,
    children: <Text c="var(--p-ink-2)">{text}</Text>,
    labels: { confirm: button, cancel },
    confirmProps: { color: 'red' },
    cancelProps: { variant: 'default' },
    closeButtonProps: { 'aria-label': cancel },
    onConfirm,
    onCancel,
  });
}
