import { Anchor, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { addressOf } from './addresses';
import { type UsedKind, useUses } from './useUses';

/** Where something is used, each place a link. */
export function UsedBy({ kind, name }: { kind: UsedKind; name: string }) {
  const { t } = useTranslation();
  const uses = useUses(kind, name).data;
  if (!uses) return null;
  return (
    <Text size="sm" c="var(--p-ink-2)">
      {uses.length === 0
        ? t('frame.uses.none')
        : uses.map((use, at) => (
            <span key={`${use.kind} ${use.id}`}>
              {at === 0 ? `${t('frame.uses.usedBy')} ` : ', '}
              <Anchor component={Link} to={addressOf(use.kind, use.id)} inherit>
                {use.kind === 'approval' ? t('frame.uses.by.approvals') : use.name}
              </Anchor>
            </span>
          ))}
    </Text>
  );
}

/** The same for a question, which stands outside of the pages and so has no links. */
export function UsedByNames({ kind, name }: { kind: UsedKind; name: string }) {
  const { t, i18n } = useTranslation();
  const uses = useUses(kind, name).data;
  if (!uses || uses.length === 0) return null;
  const names = new Intl.ListFormat(i18n.language, { type: 'conjunction' }).format(
    uses.map((use) => (use.kind === 'approval' ? t('frame.uses.by.approvals') : use.name)),
  );
  return (
    <Text mt="sm" fw={500}>
      {t('frame.uses.stillUsed', { count: uses.length, names })}
    </Text>
  );
}
