import { Menu, UnstyledButton } from '@mantine/core';
import { IconLogout, IconUser } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useMe } from '@/api/useSession';
import { Avatar } from '@/ui/Avatar';
import classes from './AccountMenu.module.css';
import { useSignOut } from './useSignOut';

/** Who is signed in: to the profile, and out. */
export function AccountMenu({ rail }: { rail: boolean }) {
  const { t } = useTranslation();
  const me = useMe();
  const signOut = useSignOut();
  const name = me.name ?? me.email;
  return (
    <Menu position={rail ? 'right-end' : 'top-start'} width={200}>
      <Menu.Target>
        <UnstyledButton className={classes.account} aria-label={t('frame.account.label', { name })}>
          <Avatar name={name} size={28} />
          {!rail && (
            <span className={classes.who}>
              <span className={classes.name}>{name}</span>
              {me.name && <span className={classes.email}>{me.email}</span>}
            </span>
          )}
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item component={Link} to="/profile" leftSection={<IconUser size={16} stroke={1.6} />}>
          {t('frame.account.profile')}
        </Menu.Item>
        <Menu.Item leftSection={<IconLogout size={16} stroke={1.6} />} onClick={() => signOut.mutate()}>
          {t('frame.account.signOut')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
