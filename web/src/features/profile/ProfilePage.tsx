import { Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useMe } from '@/api/useSession';
import { Page } from '@/ui/Page';
import { MailedNotices } from './MailedNotices';
import { Password } from './Password';
import { Person } from './Person';
import { TwoFactor } from './TwoFactor';

export function ProfilePage() {
  const { t } = useTranslation();
  const me = useMe();
  return (
    <Page title={t('profile.title')} narrow>
      <Stack gap="lg">
        <Person key={me.id} me={me} />
        <MailedNotices />
        <Password me={me} />
        <TwoFactor me={me} />
      </Stack>
    </Page>
  );
}
