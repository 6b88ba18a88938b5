import { Button, Group, Text, Title } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { ProblemError } from '@/api/problem';
import classes from './Failure.module.css';

type Kind = 'unreachable' | 'forbidden' | 'missing' | 'busy' | 'broken';

function kindOf(error: unknown): Kind {
  if (!(error instanceof ProblemError)) return 'broken';
  if (error.status === 0) return 'unreachable';
  if (error.status === 403) return 'forbidden';
  if (error.status === 404) return 'missing';
  return error.status === 503 ? 'busy' : 'broken';
}

/** Says what happened, what is safe and what to do; the code stands small beneath it for whoever helps. */
export function Failure({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  const { t } = useTranslation();
  const kind = kindOf(error);
  const code = error instanceof ProblemError ? error.code : error instanceof Error ? error.message : String(error);
  return (
    <div className={classes.failure} role="alert">
      <IconAlertTriangle className={classes.icon} aria-hidden size={28} stroke={1.5} />
      <Title order={2}>{t(`frame.failure.${kind}.title`)}</Title>
      <Text c="var(--p-ink-2)" maw={460}>
        {t(`frame.failure.${kind}.text`)}
      </Text>
      {onRetry && kind !== 'forbidden' && (
        <Group mt="xs">
          <Button variant="default" onClick={onRetry}>
            {t('frame.failure.retry')}
          </Button>
        </Group>
      )}
      <Text size="xs" c="dimmed">
        {code}
      </Text>
    </div>
  );
}
