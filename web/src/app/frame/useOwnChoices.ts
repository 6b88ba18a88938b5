import { useMantineColorScheme } from '@mantine/core';
import { useEffect } from 'react';
import { useMe } from '@/api/useSession';
import { changeLanguage, i18n } from '@/i18n';
import { isLanguage } from '@/i18n/languages';

/** Language and theme go with the person, to every browser; without a choice the browser's own stand. */
export function useOwnChoices(): void {
  const { language, theme } = useMe();
  const { setColorScheme } = useMantineColorScheme();
  useEffect(() => {
    if (language && isLanguage(language) && language !== i18n.language) void changeLanguage(language);
  }, [language]);
  useEffect(() => setColorScheme(theme), [theme, setColorScheme]);
}
