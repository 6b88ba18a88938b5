import { Text } from '@mantine/core';
import { modals } from '@mantine/modals';
import type { ReactNode } from 'react';

interface Question {
  /** The question itself. */
  title: string;
  text: string;
  /** What one should know besides. It stands outside of the pages, so it has no links. */
  more?: ReactNode;
  /** Its verb, not "OK". */
  button: string;
  cancel: string;
  onConfirm: () => void;
  /** However one leaves it without confirming: the button, Escape, a click beside it. */
  onCancel?: () => void;
}

/** Asks before what cannot be undone. */
export function confirm({ title, text, more, button, cancel, onConfirm, onCancel }: Question): void {
  let confirmed = false;
  modals.openConfirmModal({
    title,
    children: (
      <>
        <Text c="var(--p-ink-2)">{text}</Text>
        {more}
      </>
    ),
    labels: { confirm: button, cancel },
    confirmProps: { color: 'red' },
    cancelProps: { variant: 'default' },
    closeButtonProps: { 'aria-label': cancel },
    onConfirm: () => {
      confirmed = true;
      onConfirm();
    },
    onClose: () => {
      if (!confirmed) onCancel?.();
    },
  });
}
