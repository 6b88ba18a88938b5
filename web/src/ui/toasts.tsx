import { Button, Group } from '@mantine/core';
import { notifications } from '@mantine/notifications';

/** One line that goes by itself, with a way back where there is one. */
export function toastSaved(message: string, undo?: { label: string; act: () => void }): void {
  const id = notifications.show({
    withCloseButton: false,
    message: undo ? (
      <Group justify="space-between" wrap="nowrap" gap="sm">
        {message}
        <Button
          variant="subtle"
          size="compact-sm"
          flex="none"
          onClick={() => {
            undo.act();
            notifications.hide(id);
          }}
        >
          {undo.label}
        </Button>
      </Group>
    ) : (
      message
    ),
  });
}

/** Stays until it is read. */
export function toastFailed(message: string): void {
  notifications.show({ message, color: 'red', autoClose: false });
}
