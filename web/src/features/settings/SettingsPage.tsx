import { useTranslation } from 'react-i18next';
import { Outlet } from 'react-router';
import { Page } from '@/ui/Page';
import { Tabs } from '@/ui/Tabs';

/** What holds for the whole installation. */
export function SettingsPage() {
  const { t } = useTranslation();
  return (
    <Page title={t('settings.title')}>
      <Tabs
        label={t('settings.title')}
        tabs={[
          { to: '/settings/properties', text: t('settings.tabs.properties') },
          { to: '/settings/topics', text: t('settings.tabs.topics') },
          { to: '/settings/caps', text: t('settings.tabs.caps') },
          { to: '/settings/quiet', text: t('settings.tabs.quiet') },
          { to: '/settings/coupons', text: t('settings.tabs.coupons') },
          { to: '/settings/events', text: t('settings.tabs.events') },
          { to: '/settings/users', text: t('settings.tabs.users') },
          { to: '/settings/keys', text: t('settings.tabs.keys') },
          { to: '/settings/webhooks', text: t('settings.tabs.webhooks') },
          { to: '/settings/audit', text: t('settings.tabs.audit') },
          { to: '/settings/actions', text: t('settings.tabs.actions') },
          { to: '/settings/hooks', text: t('settings.tabs.hooks') },
          { to: '/settings/nodes', text: t('settings.tabs.nodes') },
        ]}
      />
      <Outlet />
    </Page>
  );
}
