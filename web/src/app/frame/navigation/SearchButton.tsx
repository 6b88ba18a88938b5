import { ActionIcon, Kbd, Tooltip, UnstyledButton } from '@mantine/core';
import { spotlight } from '@mantine/spotlight';
import { IconSearch } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import classes from './SearchButton.module.css';

const mac = /Mac|iPhone|iPad/.test(navigator.userAgent);

export function SearchButton({ rail }: { rail: boolean }) {
  const { t } = useTranslation();
  if (rail)
    return (
      <Tooltip label={t('frame.search.label')} position="right">
        <ActionIcon size={40} aria-label={t('frame.search.label')} onClick={spotlight.open}>
          <IconSearch size={19} stroke={1.6} />
        </ActionIcon>
      </Tooltip>
    );
  return (
    <UnstyledButton className={classes.search} onClick={spotlight.open}>
      <IconSearch size={16} stroke={1.6} aria-hidden />
      <span className={classes.words}>{t('frame.search.button')}</span>
      <Kbd size="xs">{mac ? '⌘K' : 'Ctrl K'}</Kbd>
    </UnstyledButton>
  );
}
