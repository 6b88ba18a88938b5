import { useNetwork } from '@mantine/hooks';
import { IconWifiOff } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import classes from './OfflineBar.module.css';

/** Without a network the pages stay as they were last seen; queries go on by themselves when it is back. */
export function OfflineBar() {
  const { t } = useTranslation();
  const { online } = useNetwork();
  return (
    <div role="status">
      {!online && (
        <div className={classes.bar}>
          <IconWifiOff size={16} stroke={1.6} aria-hidden />
          {t('frame.offline')}
        </div>
      )}
    </div>
  );
}
