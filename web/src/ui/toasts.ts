import { notifications } from '@mantine/notifications';

/** One line that goes by itself. */
export function toastSaved(message: string): void {
  notifications.show({ message, withCloseButton: false });
}

/** Stays until it is read. */
export function toastFailed(message: string): void {
  notifications.show({ message, color: 'red', autoClose: false });
}
