import { Button, Text } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Import } from '@/api/imports';
import { reasonText } from '@/api/reasonText';
import { useFormats } from '@/lib/useFormats';
import { Card } from '@/ui/Card';
import classes from './BadRows.module.css';
import { rejectsOf } from './rejectsOf';

/** The rows that cannot go in, by reason, each with its first cells and a file of its rows. */
export function BadRows({ import: one }: { import: Import }) {
  const { t, i18n } = useTranslation();
  const { number } = useFormats();
  if (one.bad === 0) return null;
  return (
    <Card
      title={t('imports.badRows', { count: one.bad, number: number(one.bad) })}
      aside={
        one.hasRejects && (
          <Button
            component="a"
            href={rejectsOf(one.id, i18n.language)}
            download
            variant="subtle"
            size="compact-sm"
            leftSection={<IconDownload size={15} aria-hidden />}
          >
            {t('imports.download')}
          </Button>
        )
      }
    >
      <ul className={classes.groups}>
        {one.groups.map((group) => (
          <li key={`${group.code} ${group.column}`}>
            <details>
              <summary className={classes.group}>
                <span className={classes.line}>{group.examples[0] && number(group.examples[0].line)}</span>
                <span className={classes.reason}>
                  {reasonText(t, group)}
                  <span className={classes.value}>
                    {group.column && `${group.column}${group.examples[0]?.value ? ': ' : ''}`}
                    {group.examples[0]?.value && <q>{group.examples[0].value}</q>}
                  </span>
                </span>
                <span className={classes.rows}>{t('imports.rows', { count: group.rows, number: number(group.rows) })}</span>
              </summary>
              <div className={classes.more}>
                {group.examples.slice(1).map(({ line, value }) => (
                  <Text key={line} size="sm">
                    {t('imports.line', { line: number(line), text: value })}
                  </Text>
                ))}
                {one.hasRejects && (
                  <Button
                    component="a"
                    href={rejectsOf(one.id, i18n.language, group)}
                    download
                    size="compact-sm"
                    variant="default"
                    mt={6}
                  >
                    {t('imports.downloadThese', { count: group.rows, number: number(group.rows) })}
                  </Button>
                )}
              </div>
            </details>
          </li>
        ))}
      </ul>
    </Card>
  );
}
