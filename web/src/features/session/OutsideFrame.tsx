import { Center, Select, Stack } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { changeLanguage } from '@/i18n';
import { isLanguage, LANGUAGES, languageNames } from '@/i18n/languages';
import { Logo } from '@/ui/Logo';
import classes from './OutsideFrame.module.css';

/** Around the pages of somebody who is not signed in: a card in the middle, and the choice of a language. */
export function OutsideFrame({ children }: { children: ReactNode }) {
  const { t, i18n } = useTranslation();
  return (
    <Center component="main" className={classes.outside}>
      <Stack gap={16} w="100%" maw={420}>
        <div className={classes.brand}>
          <Logo />
        </div>
        <div className={classes.card}>{children}</div>
        <Select
          className={classes.language}
          aria-label={t('session.language')}
          size="xs"
          variant="unstyled"
          allowDeselect={false}
          value={i18n.language}
          data={LANGUAGES.map((language) => ({ value: language, label: languageNames[language] }))}
          onChange={(language) => language && isLanguage(language) && void changeLanguage(language)}
        />
      </Stack>
    </Center>
  );
}
