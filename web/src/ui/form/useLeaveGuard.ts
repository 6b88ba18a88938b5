import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { Blocker } from 'react-router';
import { confirm } from '../confirm';

/** Work that is not saved is not lost by a wrong click: leaving the page asks, and so does closing it. */
export function useLeaveGuard(blocker: Blocker, dirty: boolean): void {
  const { t } = useTranslation();
  useEffect(() => {
    if (blocker.state !== 'blocked') return;
    confirm({
      title: t('frame.leave.title'),
      text: t('frame.leave.text'),
      button: t('frame.leave.button'),
      cancel: t('frame.leave.stay'),
      onConfirm: () => blocker.proceed(),
      onCancel: () => blocker.reset(),
    });
  }, [blocker, t]);
  useEffect(() => {
    if (!dirty) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', ask);
    return () => window.removeEventListener('beforeunload', ask);
  }, [dirty]);
}
