import { Switch } from '@mantine/core';
import { letterKeysOn, switchLetterKeys, useLetterKeys } from '@/lib/letterKeys';
import { useSay } from '@/lib/say';

/** Letters as keys, on or off. */
export function LetterKeysSwitch() {
  const { t } = useSay();
  const on = useLetterKeys();
  return (
    <Switch
      label={t('frame.letterKeys')}
      description={t('frame.letterKeysHint')}
      checked={on}
      onChange={() => switchLetterKeys(!letterKeysOn())}
    />
  );
}
