import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Page } from '@/ui/Page';
import { ChooseFile, type Chosen } from './ChooseFile';
import { ImportSteps } from './ImportSteps';
import { PrepareImport } from './PrepareImport';
import { RunningImport } from './RunningImport';

/** A file goes in: chosen, its columns looked at, tried without writing, then imported. */
export function ImportPage() {
  const { t } = useTranslation();
  const [chosen, setChosen] = useState<Chosen | null>(null);
  const [running, setRunning] = useState<string | null>(null);
  return (
    <Page title={t('imports.title')} aside={chosen?.file.name} above={<Link to="/contacts">{t('contacts.title')}</Link>}>
      <ImportSteps step={running ? 3 : chosen ? 1 : 0} />
      {running ? (
        <RunningImport
          id={running}
          onAgain={() => {
            setChosen(null);
            setRunning(null);
          }}
        />
      ) : chosen ? (
        <PrepareImport
          key={chosen.file.name + chosen.file.lastModified}
          chosen={chosen}
          onStarted={setRunning}
          onOther={() => setChosen(null)}
        />
      ) : (
        <ChooseFile onChosen={setChosen} />
      )}
    </Page>
  );
}
